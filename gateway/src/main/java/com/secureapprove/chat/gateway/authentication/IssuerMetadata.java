package com.secureapprove.chat.gateway.authentication;

import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.vertx.core.MultiMap;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// The metadata in the discovery documents of the issuers.
@Singleton
public class IssuerMetadata {
  private static final String ISS_SUPPORTED = "authorization_response_iss_parameter_supported";

  private final TenantConfigBean configurations;

  IssuerMetadata(TenantConfigBean configurations) {
    this.configurations = configurations;
  }

  /// Whether an answer to an authorization request came from this issuer (RFC 9207): its parameter
  /// `iss` names the issuer, or is missing at an issuer that does not send it.
  public boolean isAnswerOf(Issuer issuer, MultiMap query) {
    List<String> iss = query.getAll("iss");
    if (iss.isEmpty()) {
      return of(issuer).map(metadata -> !"true".equals(metadata.get(ISS_SUPPORTED))).orElse(true);
    }
    return iss.size() == 1 && iss.getFirst().equals(issuer.iss());
  }

  /// Where a browser ends its session at the issuer. Empty if the issuer has no such address, or if
  /// its discovery document was not fetched yet.
  public Optional<String> endSessionAddress(Issuer issuer) {
    return of(issuer).map(OidcConfigurationMetadata::getEndSessionUri);
  }

  private Optional<OidcConfigurationMetadata> of(Issuer issuer) {
    TenantConfigContext context = configurations.getDynamicTenant(issuer.id());
    return context == null || context.provider() == null
        ? Optional.empty()
        : Optional.ofNullable(context.provider().getMetadata());
  }
}
