package com.secureapprove.chat.faultsuite.clients;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// What a client reads in its own access token.
final class AccessToken {

  /// Clocks differ, and the answer was on its way.
  private static final Duration LEEWAY = Duration.ofSeconds(30);

  private AccessToken() {}

  /// Whether a refusal of the token is correct.
  static boolean hasEnded(String token) {
    String claims = token.split("\\.", -1)[1];
    String json = new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8);
    Instant end = Instant.ofEpochSecond(Api.read(json).path("exp").asLong());
    return Instant.now().plus(LEEWAY).isAfter(end);
  }
}
