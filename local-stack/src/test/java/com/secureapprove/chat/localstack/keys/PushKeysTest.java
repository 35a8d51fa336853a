package com.secureapprove.chat.localstack.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushKeysTest {
  @TempDir private Path directory;

  @Test
  void theKeysAreCreatedOnceAndOnlyTheirOwnerReadsThem() throws Exception {
    PushKeys first = PushKeys.in(directory, "mailto:ops@chat.example");
    PushKeys second = PushKeys.in(directory, "mailto:other@chat.example");

    assertThat(Base64.getUrlDecoder().decode(first.publicKey())).hasSize(65).startsWith(4);
    assertThat(Base64.getUrlDecoder().decode(first.privateKey())).hasSize(32);
    assertThat(second.publicKey()).isEqualTo(first.publicKey());
    assertThat(second.privateKey()).isEqualTo(first.privateKey());
    assertThat(Files.readString(directory.resolve("push-contact")))
        .isEqualTo("mailto:other@chat.example");
    assertThat(Files.getPosixFilePermissions(directory.resolve("push-private-key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }
}
