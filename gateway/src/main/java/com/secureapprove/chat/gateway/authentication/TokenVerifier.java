package com.secureapprove.chat.gateway.authentication;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.oidc.runtime.TokenVerificationResult;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;

/// Verifies JSON Web Tokens that do not arrive in an `Authorization` header: signature, algorithm,
/// issuer, audience and expiry.
///
/// An issuer's keys are fetched when a request first tries to authenticate at it. Until then no
/// token of that issuer is valid here. A key that is unknown is looked up at the issuer once more,
/// because issuers rotate their keys.
@Singleton
class TokenVerifier {
  private enum Kind {
    ACCESS,
    LOGOUT
  }

  private final TenantConfigBean configurations;

  TokenVerifier(TenantConfigBean configurations) {
    this.configurations = configurations;
  }

  /// The claims of an access token of the issuer; empty if the token is not valid.
  Future<Optional<JsonObject>> accessToken(Issuer issuer, String token) {
    return verify(issuer.bearer(), Kind.ACCESS, token);
  }

  /// The claims of a logout token of the issuer; empty if the token is not valid.
  Future<Optional<JsonObject>> logoutToken(Issuer issuer, String token) {
    return verify(issuer.web(), Kind.LOGOUT, token);
  }

  private Future<Optional<JsonObject>> verify(
      OidcTenantConfig configuration, Kind kind, String token) {
    TenantConfigContext context =
        configurations.getDynamicTenant(configuration.tenantId().orElseThrow());
    if (context == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return isValid(context.provider(), kind, token)
        .map(valid -> valid ? Optional.of(payload(token)) : Optional.empty());
  }

  private static Future<Boolean> isValid(OidcProvider provider, Kind kind, String token) {
    try {
      switch (kind) {
        case ACCESS -> provider.verifyJwtToken(token, false, true, null);
        case LOGOUT -> provider.verifyLogoutJwtToken(token);
      }
      return Future.succeededFuture(true);
    } catch (InvalidJwtException e) {
      return e.getCause() instanceof UnresolvableKeyException
          ? isValidWithFetchedKeys(provider, kind, token)
          : Future.succeededFuture(false);
    } catch (RuntimeException _) {
      return Future.succeededFuture(false); // the text is not a JSON Web Token
    }
  }

  private static Future<Boolean> isValidWithFetchedKeys(
      OidcProvider provider, Kind kind, String token) {
    Uni<TokenVerificationResult> verified =
        switch (kind) {
          case ACCESS -> provider.refreshJwksAndVerifyJwtToken(token, false, true, null);
          case LOGOUT -> provider.refreshJwksAndVerifyJwtToken(token, true, false, null);
        };
    return UniHelper.toFuture(verified.map(_ -> true).onFailure().recoverWithItem(false));
  }

  private static JsonObject payload(String token) {
    return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(token.split("\\.")[1])));
  }
}
