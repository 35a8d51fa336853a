package com.secureapprove.chat.attachment.inspection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tells text from what only begins like it.
final class PlainText {
  private PlainText() {}

  /// Whether there is no control byte in it that text has no use for. In any encoding but the
  /// two-byte ones, which nobody sends.
  static boolean is(Path file) throws IOException {
    byte[] buffer = new byte[8192];
    try (InputStream bytes = Files.newInputStream(file)) {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        for (int i = 0; i < read; i++) {
          byte b = buffer[i];
          if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 27) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
