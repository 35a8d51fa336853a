package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.browsersession.SessionSecret;
import com.secureapprove.chat.gateway.http.PublicOrigin;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.OidcTenantConfigBuilder;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Roles.Source;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The configured issuers.
///
/// Each issuer has two configurations of the OpenID Connect extension. The audience of an access
/// token is the chat; the audience of an ID token is the gateway's OAuth client. A single
/// configuration would accept an ID token as an access token and the reverse.
@Singleton
public class Issuers {
  /// The suffix that distinguishes the name of an issuer's bearer configuration.
  private static final String BEARER_SUFFIX = ".bearer";

  private static final Pattern SHORT_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration STATE_COOKIE_AGE = Duration.ofMinutes(30);

  /// How long a session may outlive its ID token, so that a refresh can still renew it.
  private static final Duration SESSION_AGE_EXTENSION = Duration.ofHours(8);

  /// The extension's own interval between look-ups of keys. [IssuerKeys] bounds them.
  private static final Duration KEY_LOOKUP_INTERVAL = Duration.ofSeconds(1);

  private final Map<String, Issuer> byId = new TreeMap<>();
  private final Map<String, Issuer> byIss = new HashMap<>();

  Issuers(IssuersConfig config, TokensConfig tokens, PublicOrigin origin, SessionSecret secret) {
    int leeway = Math.toIntExact(tokens.leeway().toSeconds());
    config.byId().forEach((id, entry) -> add(issuer(id, entry, leeway, origin, secret)));
  }

  private void add(Issuer issuer) {
    byId.put(issuer.id(), issuer);
    if (byIss.put(issuer.iss(), issuer) != null) {
      throw new IllegalStateException(
          "chat.issuers: two entries have the issuer "
              + issuer.iss()
              + "; use one with tenant-claim");
    }
  }

  /// All issuers, sorted by short name.
  public Collection<Issuer> all() {
    return byId.values();
  }

  /// The issuer of the organisation with this short name.
  public Optional<Issuer> ofId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The issuer to which a configuration of the OpenID Connect extension belongs.
  Optional<Issuer> ofConfiguration(String name) {
    return ofId(isBearer(name) ? name.substring(0, name.length() - BEARER_SUFFIX.length()) : name);
  }

  /// The name of the configuration that verified an identity.
  static String configurationOf(SecurityIdentity identity) {
    return String.valueOf(identity.<Object>getAttribute("tenant-id"));
  }

  /// Whether the configuration verifies access tokens rather than session cookies.
  static boolean isBearer(String configuration) {
    return configuration.endsWith(BEARER_SUFFIX);
  }

  Optional<Issuer> ofIss(String iss) {
    return Optional.ofNullable(byIss.get(iss));
  }

  private static Issuer issuer(
      String id, IssuersConfig.Entry entry, int leeway, PublicOrigin origin, SessionSecret secret) {
    if (!SHORT_NAME.matcher(id).matches()) {
      throw new IllegalStateException("chat.issuers: invalid short name: " + id);
    }
    if (entry.tenant().isPresent() == entry.tenantClaim().isPresent()) {
      throw new IllegalStateException(
          "chat.issuers." + id + " must set exactly one of tenant and tenant-claim");
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
        bearer(id, iss, leeway, entry),
        web(id, iss, leeway, entry, origin, secret),
        entry.signOutEnds(),
        entry.afterSignOut());
  }

  private static OidcTenantConfig bearer(
      String id, String iss, int leeway, IssuersConfig.Entry entry) {
    return reaching(entry)
        .tenantId(id + BEARER_SUFFIX)
        .applicationType(ApplicationType.SERVICE)
        .clientId(entry.clientId())
        .connectionTimeout(CONNECT_TIMEOUT)
        .token()
        .issuer(iss)
        .audience(entry.audience())
        .subjectRequired()
        .lifespanGrace(leeway)
        .forcedJwkRefreshInterval(KEY_LOOKUP_INTERVAL)
        .allowJwtIntrospection(false)
        .allowOpaqueTokenIntrospection(false)
        .end()
        .build();
  }

  private static OidcTenantConfig web(
      String id,
      String iss,
      int leeway,
      IssuersConfig.Entry entry,
      PublicOrigin origin,
      SessionSecret secret) {
    return reaching(entry)
        .tenantId(id)
        .applicationType(ApplicationType.WEB_APP)
        .clientId(entry.clientId())
        .credentials(entry.clientSecret())
        .connectionTimeout(CONNECT_TIMEOUT)
        .token()
        .issuer(iss)
        .refreshExpired()
        .lifespanGrace(leeway)
        .forcedJwkRefreshInterval(KEY_LOOKUP_INTERVAL)
        .end()
        .roles(Source.accesstoken)
        .authentication()
        .scopes("profile", "email")
        .pkceRequired()
        .nonceRequired()
        .stateSecret(secret.derive("oidc-state"))
        .redirectPath(origin.uri("/t/" + id + "/"))
        .removeRedirectParameters()
        .restorePathAfterRedirect() // with return_to
        .stateCookieAge(STATE_COOKIE_AGE)
        .javaScriptAutoRedirect(false)
        .cookiePath("/")
        .cookieForceSecure(origin.isSecure())
        .sessionAgeExtension(SESSION_AGE_EXTENSION)
        .end()
        .tokenStateManager()
        .encryptionRequired(false) // RedisTokenState encrypts
        .end()
        .build();
  }

  private static OidcTenantConfigBuilder reaching(IssuersConfig.Entry entry) {
    OidcTenantConfigBuilder configuration = OidcTenantConfig.authServerUrl(entry.url());
    entry.proxy().ifPresent(proxy -> configuration.proxy(proxy.getHost(), proxy.getPort()));
    return configuration;
  }
}
