package com.secureapprove.chat.gateway.authentication;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// The token that a change by cookie carries beside the cookie. It follows from the session, so it
/// needs no place to be kept, and that of another session does not fit.
@Singleton
public class CsrfTokens {
  /// The header of a request; the name is the original client's.
  public static final String HEADER = "X-CSRFToken";

  /// The cookie that scripts of our own pages may read.
  public static final String COOKIE = "csrftoken";

  private final SessionSecret secret;

  CsrfTokens(SessionSecret secret) {
    this.secret = secret;
  }

  /// The token of a session.
  public String of(String session) {
    return secret.sign("csrf", session);
  }

  /// Whether the token is the session's own; takes the same time whatever is wrong.
  public boolean fits(@Nullable String token, String session) {
    return token != null
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8), of(session).getBytes(StandardCharsets.UTF_8));
  }
}
