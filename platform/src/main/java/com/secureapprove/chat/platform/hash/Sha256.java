package com.secureapprove.chat.platform.hash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256.
public final class Sha256 {
  private Sha256() {}

  /// A new digest, for content that arrives in parts. Not thread-safe.
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /// The 32 bytes of the hash of a text in UTF-8.
  public static byte[] of(String text) {
    return digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The hash of a text in UTF-8, as 64 hexadecimal digits.
  public static String hexOf(String text) {
    return HexFormat.of().formatHex(of(text));
  }
}
