package com.secureapprove.chat.gateway.authentication;

import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;

/// Verifies access tokens that come without a request, to renew a connection.
@Singleton
public class TokenRenewal {
  private final TenantConfigBean configurations;

  TokenRenewal(TenantConfigBean configurations) {
    this.configurations = configurations;
  }

  /// Until when the token vouches for that account of the issuer, in that tenant; nothing where it
  /// is not valid, or is somebody else's.
  public Future<Optional<Instant>> endOf(
      String token, Issuer issuer, String subject, String tenant) {
    TenantConfigContext context =
        configurations.getDynamicTenant(issuer.bearer().tenantId().orElseThrow());
    if (context == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return verify(context.provider(), token)
        .map(valid ->
            valid ? end(claims(token), issuer, subject, tenant) : Optional.<Instant>empty());
  }

  private static Future<Boolean> verify(OidcProvider provider, String token) {
    try {
      provider.verifyJwtToken(token, false, true, null);
      return Future.succeededFuture(true);
    } catch (InvalidJwtException e) {
      return e.getCause() instanceof UnresolvableKeyException
          ? verifyWithNewKeys(provider, token)
          : Future.succeededFuture(false);
    } catch (RuntimeException _) {
      return Future.succeededFuture(false); // not a token at all
    }
  }

  /// The issuer may have changed its keys meanwhile.
  private static Future<Boolean> verifyWithNewKeys(OidcProvider provider, String token) {
    Promise<Boolean> valid = Promise.promise();
    provider
        .refreshJwksAndVerifyJwtToken(token, false, true, null)
        .subscribe()
        .with(_ -> valid.complete(true), _ -> valid.complete(false));
    return valid.future();
  }

  private static JsonObject claims(String token) {
    return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(token.split("\\.")[1])));
  }

  private static Optional<Instant> end(
      JsonObject claims, Issuer issuer, String subject, String tenant) {
    boolean same =
        subject.equals(claims.getString("sub"))
            && switch (issuer.tenantRule()) {
              case Issuer.OneTenant(String name) -> name.equals(tenant);
              case Issuer.TenantClaim(String claim) -> tenant.equals(claims.getValue(claim));
            };
    return same ? Optional.of(Instant.ofEpochSecond(claims.getLong("exp"))) : Optional.empty();
  }
}
