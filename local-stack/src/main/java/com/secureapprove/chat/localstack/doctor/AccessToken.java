package com.secureapprove.chat.localstack.doctor;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/// What a token says about itself. Its signature is not checked.
final class AccessToken {

  private static final int PARTS = 3;

  private AccessToken() {}

  /// Why a gateway may have refused this token.
  static String refusal(String token, Clock clock) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != PARTS) {
      return "The token is not a JWT. The gateway needs access tokens in this format; an opaque"
          + " token or a provisioning token does not sign a person in.";
    }
    Map<String, Object> claims;
    try {
      claims =
          JsonUtil.parseJson(
              new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
    } catch (JoseException | IllegalArgumentException _) {
      return "The claims of the token cannot be read. Was it copied completely?";
    }
    Instant now = clock.instant();
    if (claims.get("exp") instanceof Number end
        && Instant.ofEpochSecond(end.longValue()).isBefore(now)) {
      return "The token expired at %s. Request a new one."
          .formatted(Instant.ofEpochSecond(end.longValue()));
    }
    if (claims.get("nbf") instanceof Number start
        && Instant.ofEpochSecond(start.longValue()).isAfter(now)) {
      return "The token is valid only from %s. Compare the clocks."
          .formatted(Instant.ofEpochSecond(start.longValue()));
    }
    return ("The token has issuer %s and audience %s. The issuer must equal chat.issuers.<name>.url"
            + " exactly, the audience must contain chat.issuers.<name>.audience, and the"
            + " gateway must reach the keys of the issuer. The meter"
            + " chat_gateway_sign_in_failures_total names the reason.")
        .formatted(claims.get("iss"), claims.get("aud"));
  }
}
