package com.secureapprove.chat.platform.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/// Verifies the token of an internal call: signed by the component that it names as issuer, for
/// this component, not expired, at most a minute long, and for one tenant.
@Singleton
class InternalTokenVerifier {
  private static final int LONGEST_MINUTES = 1;

  /// The difference between the clocks of two machines that is tolerated.
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  /// What a token is worth.
  sealed interface Verification {}

  /// The content of a valid token.
  ///
  /// @param user null if the component calls for itself
  record Verified(String part, String tenant, @Nullable Principal user, Instant end)
      implements Verification {}

  /// The token is not valid.
  ///
  /// @param reason for logs, without any part of the token but its issuer and key id
  record Refused(String reason) implements Verification {}

  private final Map<String, JwtConsumer> consumers = new HashMap<>();
  private final JwtConsumer unverified =
      new JwtConsumerBuilder()
          .setSkipAllValidators()
          .setDisableRequireSignature()
          .setSkipSignatureVerification()
          .build();
  private final Clock clock = Clock.systemUTC();
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(60)).build();

  InternalTokenVerifier(InternalConfig config, ObjectMapper json) {
    TrustedKeys.of(config, json)
        .forEach((issuer, keys) ->
            consumers.put(
                issuer,
                TrustedKeys.consumer(issuer, config.part(), keys)
                    .setRequireIssuedAt()
                    .setMaxFutureValidityInMinutes(LONGEST_MINUTES)
                    .setAllowedClockSkewInSeconds((int) CLOCK_SKEW.toSeconds())
                    .build()));
  }

  /// Verifies a token.
  Verification verify(String token) {
    Verified known = verified.getIfPresent(token);
    if (known != null && known.end().isAfter(clock.instant())) {
      return known;
    }
    Verification fresh = check(token);
    if (fresh instanceof Verified valid) {
      verified.put(token, valid);
    }
    return fresh;
  }

  private Verification check(String token) {
    String issuer;
    try {
      issuer = unverified.processToClaims(token).getIssuer();
    } catch (InvalidJwtException | MalformedClaimException _) {
      return new Refused("malformed token");
    }
    JwtConsumer consumer = consumers.get(String.valueOf(issuer));
    if (consumer == null) {
      return new Refused("unknown issuer " + printable(issuer));
    }
    try {
      return read(issuer, consumer.processToClaims(token));
    } catch (InvalidJwtException e) {
      return new Refused(reason(issuer, e));
    } catch (MalformedClaimException e) {
      return new Refused("issuer " + issuer + ": " + e.getMessage());
    }
  }

  /// The reason in the words of an operator: key, clock, or audience. The exception's own message
  /// contains the whole token.
  private String reason(String issuer, InvalidJwtException failure) {
    String from = "issuer " + issuer + ": ";
    if (failure.getCause() instanceof UnresolvableKeyException) {
      String key = failure.getJwtContext().getJoseObjects().getFirst().getKeyIdHeaderValue();
      return from + "unknown key " + printable(key);
    }
    if (failure.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
      return from + "wrong signature";
    }
    String clocks = " (clock here: " + clock.instant().truncatedTo(ChronoUnit.SECONDS) + ")";
    if (failure.hasExpired()) {
      return from + "token expired" + clocks;
    }
    if (failure.hasErrorCode(ErrorCodes.EXPIRATION_TOO_FAR_IN_FUTURE)) {
      return from + "token valid for too long, or its clock is fast" + clocks;
    }
    if (failure.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)) {
      return from + "token for another component";
    }
    return from
        + failure.getErrorDetails().stream()
            .map(ErrorCodeValidator.Error::getErrorMessage)
            .collect(Collectors.joining("; "));
  }

  private static String printable(@Nullable String text) {
    String safe = String.valueOf(text).replaceAll("[^A-Za-z0-9_.-]", "?");
    return safe.substring(0, Math.min(safe.length(), 64));
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
    Instant expiry = Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis());
    return new Verified(part, tenant, user, expiry.plus(CLOCK_SKEW));
  }

  private static Principal.Kind kind(JwtClaims claims) throws MalformedClaimException {
    return Principal.Kind.ofWireName(orEmpty(claims.getStringClaimValue(InternalTokens.CALLER)))
        .orElseThrow(() -> new MalformedClaimException("caller is neither person nor client"));
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
