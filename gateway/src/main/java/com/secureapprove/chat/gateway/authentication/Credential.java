package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.browsersession.BrowserSession;
import java.time.Instant;

/// The verified credential of a request.
public sealed interface Credential {
  /// An access token. A connection opened with it stays open until the token expires, or until the
  /// last fresh token of the same account expires.
  ///
  /// @param end when the token is no longer accepted: its expiry and the leeway
  record BearerToken(Issuer issuer, String subject, Instant end) implements Credential {}

  /// A session cookie. Browsers also send it with requests that other sites cause, so every change
  /// needs the CSRF token of the session.
  ///
  /// @param end when the ID token of the session is no longer accepted
  record SessionCookie(BrowserSession session, Instant end) implements Credential {}
}
