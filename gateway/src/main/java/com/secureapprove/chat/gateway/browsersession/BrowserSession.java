package com.secureapprove.chat.gateway.browsersession;

import com.secureapprove.chat.platform.hash.Sha256;
import java.time.Instant;

/// A browser's session at an issuer. It stays the same when tokens are refreshed.
///
/// @param id the session's name, unique among all issuers
/// @param account the name of the account that signed in
/// @param began when the person signed in
/// @param issued when the issuer issued the current ID token
public record BrowserSession(String id, String account, Instant began, Instant issued) {

  /// The session's name in Redis: a hash, from which the id cannot be recovered.
  String digest() {
    return digest(id);
  }

  /// The account's name in Redis: a hash.
  String accountDigest() {
    return digest(account);
  }

  static String digest(String name) {
    return Sha256.hexOf(name);
  }
}
