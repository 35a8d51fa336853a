package com.secureapprove.chat.localstack.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/// Random passwords by name. Each is generated on first use and stored in a separate file.
public final class Secrets {

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;

  /// The secrets in this directory, which is created if it is missing.
  public Secrets(Path directory) {
    this.directory = PrivateFiles.directory(directory);
  }

  /// The secret of this name: 43 letters, digits, `-` and `_`. It needs no escaping in a URL or a
  /// configuration file.
  public synchronized String get(String name) {
    Path file = directory.resolve(name);
    try {
      if (!Files.exists(file)) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        PrivateFiles.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      }
      return Files.readString(file);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// The file that holds the secret, for programs that read it themselves.
  public Path file(String name) {
    get(name);
    return directory.resolve(name);
  }
}
