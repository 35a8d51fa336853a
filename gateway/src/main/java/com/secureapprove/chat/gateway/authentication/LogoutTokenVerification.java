package com.secureapprove.chat.gateway.authentication;

import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/// Verifies logout tokens as OpenID Connect Back-Channel Logout 1.0 wants it (2.6).
@Singleton
public class LogoutTokenVerification {
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final Duration OLDEST = Duration.ofMinutes(5);
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  private final TenantConfigBean configurations;
  private final Clock clock = Clock.systemUTC();

  LogoutTokenVerification(TenantConfigBean configurations) {
    this.configurations = configurations;
  }

  /// What a token says that this issuer made for us; nothing where it did not. The issuer's keys
  /// must have been fetched, as any attempt to sign in does.
  public Future<Optional<LogoutClaims>> verify(Issuer issuer, String token) {
    TenantConfigContext context =
        configurations.getDynamicTenant(issuer.web().tenantId().orElseThrow());
    if (context == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return isSigned(context.provider(), token)
        .map(signed -> signed ? claims(issuer, payload(token)) : Optional.empty());
  }

  /// Signature, algorithm, issuer, audience and expiry.
  private static Future<Boolean> isSigned(OidcProvider provider, String token) {
    try {
      provider.verifyLogoutJwtToken(token);
      return Future.succeededFuture(true);
    } catch (InvalidJwtException e) {
      return e.getCause() instanceof UnresolvableKeyException
          ? isSignedByNewKeys(provider, token)
          : Future.succeededFuture(false);
    } catch (RuntimeException _) {
      return Future.succeededFuture(false); // not a token at all
    }
  }

  /// The issuer may have changed its keys meanwhile.
  private static Future<Boolean> isSignedByNewKeys(OidcProvider provider, String token) {
    Promise<Boolean> signed = Promise.promise();
    provider
        .refreshJwksAndVerifyJwtToken(token, true, false, null)
        .subscribe()
        .with(_ -> signed.complete(true), _ -> signed.complete(false));
    return signed.future();
  }

  private static JsonObject payload(String token) {
    return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(token.split("\\.")[1])));
  }

  private Optional<LogoutClaims> claims(Issuer issuer, JsonObject claims) {
    boolean isLogout =
        claims.getValue("events") instanceof JsonObject events
            && events.getValue(EVENT) instanceof JsonObject
            && !claims.containsKey("nonce");
    String session = text(claims, "sid");
    String subject = text(claims, "sub");
    String name = text(claims, "jti");
    if (!isLogout || !isFresh(claims) || name == null || (session == null && subject == null)) {
      return Optional.empty();
    }
    return Optional.of(
        new LogoutClaims(
            session == null ? null : issuer.sessionName(session),
            subject == null ? null : issuer.accountName(subject),
            name));
  }

  private boolean isFresh(JsonObject claims) {
    if (!(claims.getValue("iat") instanceof Number iat)) {
      return false;
    }
    Instant now = clock.instant();
    Instant issued = Instant.ofEpochSecond(iat.longValue());
    return issued.isAfter(now.minus(OLDEST)) && issued.isBefore(now.plus(CLOCKS_DIFFER));
  }

  private static @Nullable String text(JsonObject claims, String name) {
    return claims.getValue(name) instanceof String value && !value.isBlank() ? value : null;
  }
}
