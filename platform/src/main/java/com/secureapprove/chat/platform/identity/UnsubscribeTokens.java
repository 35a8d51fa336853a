package com.secureapprove.chat.platform.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jspecify.annotations.Nullable;

/// The tokens in the links of mails. Each permits one thing without a sign-in: to end the mails to
/// one person. notification-service signs them with its internal key, and the gateway verifies
/// them. Their audience is no component, so that none accepts them as the token of a call.
@Singleton
public class UnsubscribeTokens {
  private static final String ISSUER = "notification";
  private static final String AUDIENCE = "unsubscribe";
  private static final Duration LIFETIME = Duration.ofDays(365);
  private static final int MAX_LENGTH = 2_000;

  /// Whose mails a token ends.
  public record Unsubscription(String tenant, String userId) {}

  private final SigningKey key;
  private final @Nullable JwtConsumer consumer;

  UnsubscribeTokens(InternalConfig config, ObjectMapper json) {
    key = SigningKey.of(config);
    JsonWebKeySet keys = TrustedKeys.of(config, json).get(ISSUER);
    consumer =
        keys == null
            ? null
            : TrustedKeys.consumer(ISSUER, AUDIENCE, keys).setRequireSubject().build();
  }

  /// A token that is valid for a year, or until the key of notification-service is removed from the
  /// trusted ones.
  public String sign(Unsubscription unsubscription) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(AUDIENCE);
    claims.setExpirationTimeMinutesInTheFuture(LIFETIME.toMinutes());
    claims.setSubject(unsubscription.userId());
    claims.setStringClaim("tenant", unsubscription.tenant());
    return key.sign(claims);
  }

  /// What a token permits; empty if it is not valid.
  public Optional<Unsubscription> verify(String token) {
    if (consumer == null || token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      JwtClaims claims = consumer.processToClaims(token);
      String tenant = claims.getStringClaimValue("tenant");
      return tenant == null
          ? Optional.empty()
          : Optional.of(new Unsubscription(tenant, claims.getSubject()));
    } catch (InvalidJwtException | MalformedClaimException _) {
      return Optional.empty();
    }
  }
}
