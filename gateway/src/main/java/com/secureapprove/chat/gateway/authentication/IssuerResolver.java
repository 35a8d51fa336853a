package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.browsersession.SessionCookies;
import com.secureapprove.chat.gateway.http.BearerTokens;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Optional;

/// Selects the issuer whose keys verify a request's credentials. The selection implies no trust:
/// the token is rejected unless the selected issuer's keys verify it.
///
/// A bearer token takes precedence over a session cookie. The first request that needs an issuer
/// connects to it, so the gateway starts while issuers are unreachable.
@Singleton
class IssuerResolver implements TenantConfigResolver {
  /// A disabled configuration, which rejects all credentials.
  private static final OidcTenantConfig NONE =
      OidcTenantConfig.builder().tenantId("none").disableTenant().build();

  private final Issuers issuers;
  private final TokenVerifier verifier;

  IssuerResolver(Issuers issuers, TokenVerifier verifier) {
    this.issuers = issuers;
    this.verifier = verifier;
  }

  @Override
  public Uni<OidcTenantConfig> resolve(
      RoutingContext request, OidcRequestContext<OidcTenantConfig> context) {
    String authorization = request.request().getHeader("Authorization");
    if (authorization == null) {
      return Uni.createFrom().item(ofBrowser(request));
    }
    String token = BearerTokens.of(authorization).orElse("");
    Optional<Issuer> issuer = issOf(token).flatMap(issuers::ofIss);
    if (issuer.isEmpty()) {
      return Uni.createFrom().item(NONE);
    }
    OidcTenantConfig configuration = issuer.get().bearer();
    return Uni.createFrom()
        .completionStage(() ->
            verifier
                .hasKey(configuration, token)
                .map(has -> has ? configuration : NONE)
                .toCompletionStage());
  }

  private OidcTenantConfig ofBrowser(RoutingContext request) {
    return ofPath(request.normalizedPath())
        .or(() -> ofSessionCookie(request))
        .map(Issuer::web)
        .orElse(NONE);
  }

  private Optional<Issuer> ofPath(String path) {
    String[] segments = path.split("/", 4);
    return segments.length >= 3 && segments[1].equals("t")
        ? issuers.ofId(segments[2])
        : Optional.empty();
  }

  private Optional<Issuer> ofSessionCookie(RoutingContext request) {
    return SessionCookies.organisationsOf(request.request())
        .flatMap(id -> issuers.ofId(id).stream())
        .findFirst();
  }

  /// The `iss` claim of an unverified token; empty if the text is not a JSON Web Token.
  private static Optional<String> issOf(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonObject claims = new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(parts[1])));
      return Optional.ofNullable(claims.getString("iss"));
    } catch (IllegalArgumentException | DecodeException | ClassCastException _) {
      return Optional.empty();
    }
  }
}
