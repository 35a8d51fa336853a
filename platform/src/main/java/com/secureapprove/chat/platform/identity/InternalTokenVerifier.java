package com.secureapprove.chat.platform.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Verifies the token of an internal call: signed by the component that it names as issuer, for
/// this component, not expired, at most a minute long, and for one tenant.
@Singleton
class InternalTokenVerifier {
  private static final int LONGEST_MINUTES = 1;

  /// The content of a valid token.
  ///
  /// @param user null if the component calls for itself
  record Verified(String part, String tenant, @Nullable Principal user, Instant end) {}

  private final Map<String, JwtConsumer> consumers = new HashMap<>();
  private final Clock clock = Clock.systemUTC();
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(60)).build();

  InternalTokenVerifier(InternalConfig config, ObjectMapper json) {
    try {
      JsonNode trust = json.readTree(Files.readString(config.trustFile()));
      for (Map.Entry<String, JsonNode> entry : trust.properties()) {
        JsonWebKeySet keys = new JsonWebKeySet(entry.getValue().toString());
        consumers.put(entry.getKey(), consumer(entry.getKey(), config.part(), keys));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("chat.internal.trust-file cannot be read", e);
    } catch (JoseException e) {
      throw new IllegalStateException("chat.internal.trust-file holds no JWK sets", e);
    }
  }

  private static JwtConsumer consumer(String issuer, String audience, JsonWebKeySet keys) {
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
        .setJwsAlgorithmConstraints(
            new AlgorithmConstraints(
                ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
        .setExpectedIssuer(issuer)
        .setExpectedAudience(audience)
        .setRequireExpirationTime()
        .setRequireIssuedAt()
        .setMaxFutureValidityInMinutes(LONGEST_MINUTES)
        .setAllowedClockSkewInSeconds(5)
        .build();
  }

  /// The content of the token, or empty if it is not valid.
  Optional<Verified> verify(String token) {
    Verified known = verified.getIfPresent(token);
    if (known != null) {
      return known.end().isAfter(clock.instant()) ? Optional.of(known) : Optional.empty();
    }
    Optional<Verified> fresh = check(token);
    fresh.ifPresent(v -> verified.put(token, v));
    return fresh;
  }

  private Optional<Verified> check(String token) {
    for (Map.Entry<String, JwtConsumer> part : consumers.entrySet()) {
      try {
        return Optional.of(read(part.getKey(), part.getValue().processToClaims(token)));
      } catch (InvalidJwtException | MalformedClaimException _) {
        continue; // not signed by this component
      }
    }
    return Optional.empty();
  }

  private static Verified read(String part, JwtClaims claims) throws MalformedClaimException {
    String tenant = claims.getStringClaimValue("tenant");
    if (tenant == null || tenant.isBlank()) {
      throw new MalformedClaimException("tenant is missing");
    }
    String subject = claims.getSubject();
    Principal user =
        subject == null
            ? null
            : new Principal(
                kind(claims),
                subject,
                orEmpty(claims.getStringClaimValue("name")),
                orEmpty(claims.getStringClaimValue("email")),
                Set.copyOf(
                    Optional.ofNullable(claims.getStringListClaimValue("roles"))
                        .orElse(List.of())));
    return new Verified(
        part, tenant, user, Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()));
  }

  private static Principal.Kind kind(JwtClaims claims) throws MalformedClaimException {
    return Principal.Kind.ofWireName(orEmpty(claims.getStringClaimValue(InternalTokens.CALLER)))
        .orElseThrow(() -> new MalformedClaimException("caller is neither person nor client"));
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
