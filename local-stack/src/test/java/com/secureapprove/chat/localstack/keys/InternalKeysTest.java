package com.secureapprove.chat.localstack.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InternalKeysTest {
  @TempDir private Path directory;

  @Test
  void aComponentOfALaterReleaseGetsAKeyAndTheOthersKeepTheirs() throws Exception {
    InternalKeys keys = new InternalKeys(directory);
    Map<String, Object> trust = JsonUtil.parseJson(Files.readString(keys.trustFile()));
    String message = Files.readString(keys.keyFile("message"));
    trust.remove("notification");
    Files.writeString(keys.trustFile(), JsonUtil.toJson(trust));
    Files.delete(keys.keyFile("notification"));

    new InternalKeys(directory);

    Map<String, Object> later = JsonUtil.parseJson(Files.readString(keys.trustFile()));
    assertThat(later).containsAllEntriesOf(trust).containsKey("notification");
    assertThat(Files.readString(keys.keyFile("message"))).isEqualTo(message);
    assertThat(keys.keyFile("notification")).exists();
  }

  /// A directory may hold the public keys of components whose private keys are elsewhere.
  @Test
  void aTrustedComponentGetsNoSecondKey() throws Exception {
    InternalKeys keys = new InternalKeys(directory);
    String trust = Files.readString(keys.trustFile());
    Files.delete(keys.keyFile("notification"));

    new InternalKeys(directory);

    assertThat(Files.readString(keys.trustFile())).isEqualTo(trust);
    assertThat(keys.keyFile("notification")).doesNotExist();
  }
}
