package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.browsersession.BrowserSession;
import com.secureapprove.chat.platform.identity.Principal;
import java.time.Instant;

/// A person whose credentials were verified.
///
/// @param person as the directory knows them, with the roles of their token
public record Caller(String tenant, Principal person, Credential credential) {

  /// What vouches for the person.
  public sealed interface Credential {}

  /// An access token; a connection opened with it lives as long as it does, or as the fresh ones of
  /// the same account that follow.
  public record BearerToken(Issuer issuer, String subject, Instant end) implements Credential {}

  /// A session cookie, which a browser sends along whoever made the request: every change needs the
  /// CSRF token of `session` beside it.
  public record SessionCookie(BrowserSession session, Instant end) implements Credential {}

  /// Until when the credentials vouch for the person.
  public Instant end() {
    return switch (credential) {
      case BearerToken(Issuer _, String _, Instant end) -> end;
      case SessionCookie(BrowserSession _, Instant end) -> end;
    };
  }
}
