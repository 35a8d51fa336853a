package com.secureapprove.chat.faultsuite.clients;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// The expiry of an access token.
final class TokenExpiry {

  /// Allows for clock skew and for the time that a response takes.
  private static final Duration LEEWAY = Duration.ofSeconds(30);

  private TokenExpiry() {}

  /// Whether the token has expired, so that a refusal is correct.
  static boolean hasEnded(String token) {
    String claims = token.split("\\.", -1)[1];
    String json = new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8);
    Instant end = Instant.ofEpochSecond(ClientJson.read(json).path("exp").asLong());
    return Instant.now().plus(LEEWAY).isAfter(end);
  }
}
