package com.secureapprove.chat.gateway.authentication;

import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Chooses the issuer that has to verify a request's credentials. The choice is no trust: a token
/// is believed only when the chosen issuer's keys verify it.
///
/// A bearer token is always judged as one, also where a session cookie comes with it. Issuers are
/// looked up at the first request that needs them, so the gateway starts without them and finds
/// them whenever they come.
@Singleton
class IssuerResolver implements TenantConfigResolver {
  private static final String SCHEME = "Bearer ";
  private static final String SESSION_COOKIE = "q_session_";

  /// Nobody can sign in here.
  private static final OidcTenantConfig NOBODY =
      OidcTenantConfig.builder().tenantId("nobody").disableTenant().build();

  private final Issuers issuers;

  IssuerResolver(Issuers issuers) {
    this.issuers = issuers;
  }

  @Override
  public Uni<OidcTenantConfig> resolve(
      RoutingContext request, OidcRequestContext<OidcTenantConfig> context) {
    return Uni.createFrom().item(choose(request));
  }

  private OidcTenantConfig choose(RoutingContext request) {
    String authorization = request.request().getHeader("Authorization");
    if (authorization != null) {
      return ofBearer(authorization).map(Issuer::bearer).orElse(NOBODY);
    }
    return ofPath(request.normalizedPath())
        .or(() -> ofSessionCookie(request))
        .map(Issuer::web)
        .orElse(NOBODY);
  }

  private Optional<Issuer> ofBearer(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    return Optional.ofNullable(issOf(authorization.substring(SCHEME.length()).strip()))
        .flatMap(issuers::ofIss);
  }

  private Optional<Issuer> ofPath(String path) {
    String[] segments = path.split("/", 4);
    return segments.length >= 3 && segments[1].equals("t")
        ? issuers.ofId(segments[2])
        : Optional.empty();
  }

  private Optional<Issuer> ofSessionCookie(RoutingContext request) {
    return request.request().cookies().stream()
        .map(cookie -> cookie.getName())
        .filter(name -> name.startsWith(SESSION_COOKIE))
        .map(name -> name.substring(SESSION_COOKIE.length()).split("_", 2)[0])
        .flatMap(id -> issuers.ofId(id).stream())
        .findFirst();
  }

  /// The issuer that an unverified token names.
  private static @Nullable String issOf(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      return new JsonObject(
              io.vertx.core.buffer.Buffer.buffer(Base64.getUrlDecoder().decode(parts[1])))
          .getString("iss");
    } catch (IllegalArgumentException | DecodeException | ClassCastException _) {
      return null;
    }
  }
}
