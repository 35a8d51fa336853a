package com.secureapprove.chat.gateway.authentication;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The claims of a logout token: it ends one session, or all sessions of an account.
///
/// @param tokenId the token's `jti`, by which a replay is detected
record LogoutClaims(@Nullable String session, @Nullable String account, String tokenId) {
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  /// Checks verified claims as OpenID Connect Back-Channel Logout 1.0, section 2.6 requires. Empty
  /// if they are not those of a recent logout token.
  static Optional<LogoutClaims> of(Issuer issuer, JsonObject claims, Instant now, Duration leeway) {
    boolean isLogout =
        claims.getValue("events") instanceof JsonObject events
            && events.getValue(EVENT) instanceof JsonObject
            && !claims.containsKey("nonce");
    String session = text(claims, "sid");
    String subject = text(claims, "sub");
    String tokenId = text(claims, "jti");
    if (!isLogout
        || !isRecent(claims, now, leeway)
        || tokenId == null
        || (session == null && subject == null)) {
      return Optional.empty();
    }
    return Optional.of(
        new LogoutClaims(
            session == null ? null : Issuer.sessionName(issuer.id(), session),
            subject == null ? null : Issuer.accountName(issuer.id(), subject),
            tokenId));
  }

  private static boolean isRecent(JsonObject claims, Instant now, Duration leeway) {
    if (!(claims.getValue("iat") instanceof Number iat)) {
      return false;
    }
    Instant issued = Instant.ofEpochSecond(iat.longValue());
    return issued.isAfter(now.minus(MAX_AGE).minus(leeway)) && issued.isBefore(now.plus(leeway));
  }

  private static @Nullable String text(JsonObject claims, String name) {
    return claims.getValue(name) instanceof String value && !value.isBlank() ? value : null;
  }
}
