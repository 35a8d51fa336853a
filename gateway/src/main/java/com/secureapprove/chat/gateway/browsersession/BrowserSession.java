package com.secureapprove.chat.gateway.browsersession;

import com.secureapprove.chat.platform.hash.Sha256;

/// A browser's session at the gateway. It begins with a sign-in and stays the same when tokens are
/// refreshed.
///
/// @param id the gateway's own secret id, which the session cookie holds. An issuer does not know
///   it, so the issuer cannot make an ended session valid again.
public record BrowserSession(String id) {

  /// The session's name in Redis: a hash, from which the id cannot be recovered.
  String digest() {
    return digest(id);
  }

  static String digest(String name) {
    return Sha256.hexOf(name);
  }

  @Override
  public String toString() {
    return "BrowserSession[digest=" + digest() + "]";
  }
}
