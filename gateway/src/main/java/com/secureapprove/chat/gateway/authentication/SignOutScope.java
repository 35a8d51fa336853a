package com.secureapprove.chat.gateway.authentication;

/// What a sign-out from the chat ends.
public enum SignOutScope {
  /// The session of the chat, and the session at the issuer.
  ISSUER,

  /// The session of the chat only.
  CHAT
}
