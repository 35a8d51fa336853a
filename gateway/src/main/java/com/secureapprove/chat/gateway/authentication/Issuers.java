package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.http.PublicOrigin;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Roles.Source;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The issuers that are configured.
///
/// Each has two configurations of the OpenID Connect extension, because the audience of an access
/// token is the chat, and that of an ID token is our client: one configuration for both would
/// accept either as the other.
@Singleton
public class Issuers {
  /// What follows an issuer's id in the name of its bearer configuration.
  private static final String BEARER_SUFFIX = ".bearer";

  private static final Pattern SHORT_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration SESSION = Duration.ofHours(8);

  private final Map<String, Issuer> byId = new TreeMap<>();
  private final Map<String, Issuer> byIss = new HashMap<>();

  Issuers(IssuersConfig config, PublicOrigin origin, SessionSecret secret) {
    config.byId().forEach((id, entry) -> add(issuer(id, entry, origin, secret)));
  }

  private void add(Issuer issuer) {
    byId.put(issuer.id(), issuer);
    if (byIss.put(issuer.iss(), issuer) != null) {
      throw new IllegalStateException(
          "chat.issuers: two entries have the issuer " + issuer.iss() + "; use tenant-claim");
    }
  }

  /// All issuers, in the order of their short names.
  public Collection<Issuer> all() {
    return byId.values();
  }

  /// The issuer of the organisation with that short name.
  public Optional<Issuer> ofId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The issuer that a configuration of the OpenID Connect extension is of.
  public Optional<Issuer> ofConfiguration(String name) {
    return ofId(isBearer(name) ? name.substring(0, name.length() - BEARER_SUFFIX.length()) : name);
  }

  /// Whether that configuration verifies access tokens, and not sessions of browsers.
  public static boolean isBearer(String configuration) {
    return configuration.endsWith(BEARER_SUFFIX);
  }

  Optional<Issuer> ofIss(String iss) {
    return Optional.ofNullable(byIss.get(iss));
  }

  private static Issuer issuer(
      String id, IssuersConfig.Entry entry, PublicOrigin origin, SessionSecret secret) {
    if (!SHORT_NAME.matcher(id).matches()) {
      throw new IllegalStateException("chat.issuers: not a short name: " + id);
    }
    if (entry.tenant().isPresent() == entry.tenantClaim().isPresent()) {
      throw new IllegalStateException(
          "chat.issuers." + id + " needs either tenant or tenant-claim, not both");
    }
    Issuer.TenantRule rule =
        entry
            .tenant()
            .<Issuer.TenantRule>map(Issuer.OneTenant::new)
            .orElseGet(() -> new Issuer.TenantClaim(entry.tenantClaim().orElseThrow()));
    String iss = entry.issuer().orElse(entry.url());
    return new Issuer(
        id,
        entry.name().orElse(id),
        iss,
        rule,
        entry.directoryClaim(),
        bearer(id, iss, entry),
        web(id, iss, entry, origin, secret));
  }

  private static OidcTenantConfig bearer(String id, String iss, IssuersConfig.Entry entry) {
    return OidcTenantConfig.authServerUrl(entry.url())
        .tenantId(id + BEARER_SUFFIX)
        .applicationType(ApplicationType.SERVICE)
        .clientId(entry.clientId())
        .connectionTimeout(CONNECT)
        .token()
        .issuer(iss)
        .audience(entry.audience())
        .subjectRequired()
        .allowJwtIntrospection(false)
        .allowOpaqueTokenIntrospection(false)
        .end()
        .build();
  }

  private static OidcTenantConfig web(
      String id, String iss, IssuersConfig.Entry entry, PublicOrigin origin, SessionSecret secret) {
    return OidcTenantConfig.authServerUrl(entry.url())
        .tenantId(id)
        .applicationType(ApplicationType.WEB_APP)
        .clientId(entry.clientId())
        .credentials(entry.clientSecret())
        .connectionTimeout(CONNECT)
        .token()
        .issuer(iss)
        .refreshExpired()
        .end()
        .roles(Source.accesstoken)
        .authentication()
        .scopes("profile", "email")
        .pkceRequired()
        .nonceRequired()
        .stateSecret(secret.derive("oidc-state"))
        .redirectPath(origin.uri("/t/" + id + "/"))
        .removeRedirectParameters()
        .errorPath("/sign-in/failed")
        .javaScriptAutoRedirect(false)
        .cookiePath("/")
        .cookieForceSecure(origin.isSecure())
        .sessionAgeExtension(SESSION)
        .end()
        .tokenStateManager()
        .encryptionRequired(true)
        .encryptionSecret(secret.derive("oidc-session"))
        .end()
        .build();
  }
}
