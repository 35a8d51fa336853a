package com.secureapprove.chat.gateway.authentication;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jspecify.annotations.Nullable;

/// Verifies JSON Web Tokens that do not arrive in an `Authorization` header: signature, algorithm,
/// issuer, audience and expiry.
///
/// An issuer's keys are fetched when a request first tries to authenticate at it. Until then no
/// token of that issuer is valid here. [IssuerKeys] looks up a key that is unknown, because issuers
/// rotate their keys.
@Singleton
class TokenVerifier {
  private enum Kind {
    ACCESS,
    LOGOUT
  }

  private final TenantConfigBean configurations;
  private final IssuerKeys keys;

  TokenVerifier(TenantConfigBean configurations, IssuerKeys keys) {
    this.configurations = configurations;
    this.keys = keys;
  }

  /// The claims of an access token of the issuer; empty if the token is not valid.
  Future<Optional<JsonObject>> accessToken(Issuer issuer, String token) {
    return verify(issuer.bearer(), Kind.ACCESS, token);
  }

  /// The claims of a logout token of the issuer; empty if the token is not valid.
  Future<Optional<JsonObject>> logoutToken(Issuer issuer, String token) {
    return verify(issuer.web(), Kind.LOGOUT, token);
  }

  /// Whether the issuer has the key of a bearer token. True while the gateway does not know the
  /// issuer's keys, because the extension fetches them then.
  Future<Boolean> hasKey(OidcTenantConfig configuration, String token) {
    String name = configuration.tenantId().orElseThrow();
    OidcProvider provider = providerOf(name);
    return provider == null ? Future.succeededFuture(true) : keys.has(name, provider, token);
  }

  private @Nullable OidcProvider providerOf(String configuration) {
    TenantConfigContext context = configurations.getDynamicTenant(configuration);
    return context == null ? null : context.provider();
  }

  private Future<Optional<JsonObject>> verify(
      OidcTenantConfig configuration, Kind kind, String token) {
    OidcProvider provider = providerOf(configuration.tenantId().orElseThrow());
    if (provider == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return hasKey(configuration, token)
        .map(has ->
            has && isValid(provider, kind, token) ? Optional.of(payload(token)) : Optional.empty());
  }

  private static boolean isValid(OidcProvider provider, Kind kind, String token) {
    try {
      switch (kind) {
        case ACCESS -> provider.verifyJwtToken(token, false, true, null);
        case LOGOUT -> provider.verifyLogoutJwtToken(token);
      }
      return true;
    } catch (InvalidJwtException | RuntimeException _) {
      return false; // not valid, or no JSON Web Token
    }
  }

  private static JsonObject payload(String token) {
    return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(token.split("\\.")[1])));
  }
}
