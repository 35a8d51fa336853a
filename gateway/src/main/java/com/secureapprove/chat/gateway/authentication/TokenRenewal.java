package com.secureapprove.chat.gateway.authentication;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Checks the fresh access tokens with which clients extend an open connection.
@Singleton
public class TokenRenewal {
  private final TokenVerifier verifier;
  private final Duration leeway;

  TokenRenewal(TokenVerifier verifier, TokensConfig config) {
    this.verifier = verifier;
    this.leeway = config.leeway();
  }

  /// When the token is no longer accepted: its expiry and the leeway. Empty if it is not valid, or
  /// if it is not a token of that account in that tenant.
  public Future<Optional<Instant>> expiryOf(
      String token, Issuer issuer, String subject, String tenant) {
    return verifier
        .accessToken(issuer, token)
        .map(valid ->
            valid
                .filter(claims -> isOf(claims, issuer, subject, tenant))
                .map(claims -> Instant.ofEpochSecond(claims.getLong("exp")).plus(leeway)));
  }

  private static boolean isOf(JsonObject claims, Issuer issuer, String subject, String tenant) {
    return subject.equals(claims.getString("sub"))
        && switch (issuer.tenantRule()) {
          case Issuer.OneTenant(String name) -> name.equals(tenant);
          case Issuer.TenantClaim(String claim) -> tenant.equals(claims.getValue(claim));
        };
  }
}
