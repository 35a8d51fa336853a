package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.browsersession.SessionSecret;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// CSRF tokens, which a change by session cookie must carry. A token is a keyed hash of the session
/// id, so it needs no storage and is valid for that session only.
@Singleton
public class CsrfTokens {
  /// The request header, named as in the original client.
  public static final String HEADER = "X-CSRFToken";

  private final SessionSecret secret;

  CsrfTokens(SessionSecret secret) {
    this.secret = secret;
  }

  /// The token of a session.
  public String of(String session) {
    return secret.sign("csrf", session);
  }

  /// Whether the token belongs to the session. Compares in constant time.
  public boolean isValid(@Nullable String token, String session) {
    return token != null
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8), of(session).getBytes(StandardCharsets.UTF_8));
  }
}
