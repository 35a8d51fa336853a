package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.http.BearerTokens;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
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
  private final ClaimedIssuer claimed;
  private final TokenVerifier verifier;

  IssuerResolver(Issuers issuers, ClaimedIssuer claimed, TokenVerifier verifier) {
    this.issuers = issuers;
    this.claimed = claimed;
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
    Optional<Issuer> issuer = claimed.ofBearer(authorization);
    if (issuer.isEmpty()) {
      return Uni.createFrom().item(NONE);
    }
    // Quarkus expects exactly one space. RFC 9110 (section 11.4) allows several.
    request.request().headers().set("Authorization", "Bearer " + token);
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
        .or(() -> claimed.ofSessionCookie(request.request()))
        .map(Issuer::web)
        .orElse(NONE);
  }

  private Optional<Issuer> ofPath(String path) {
    String[] segments = path.split("/", 4);
    return segments.length >= 3 && segments[1].equals("t")
        ? issuers.ofId(segments[2])
        : Optional.empty();
  }
}
