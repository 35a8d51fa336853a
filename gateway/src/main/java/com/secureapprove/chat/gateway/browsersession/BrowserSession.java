package com.secureapprove.chat.gateway.browsersession;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/// A browser's session with an issuer, which stays the same when tokens are refreshed.
///
/// @param id the issuer and its name of the session
/// @param account the issuer and its name of whoever signed in
/// @param began when they did
/// @param issued when the issuer made the token that says so
public record BrowserSession(String id, String account, Instant began, Instant issued) {

  /// The session's name in Redis, which nobody can take for the session itself.
  String digest() {
    return digest(id);
  }

  /// The account's name in Redis.
  String accountDigest() {
    return digest(account);
  }

  static String digest(String name) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
