package com.secureapprove.chat.gateway.authentication;

import io.quarkus.oidc.OidcTenantConfig;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// An OpenID Connect issuer that we trust, and what we take from its tokens.
///
/// @param id the organisation's short name
/// @param iss the issuer as its tokens name it
/// @param bearer how its access tokens are verified
/// @param web how people sign in at it with a browser
public record Issuer(
    String id,
    String name,
    String iss,
    TenantRule tenantRule,
    String directoryClaim,
    OidcTenantConfig bearer,
    OidcTenantConfig web) {

  /// How a verified token tells the tenant.
  sealed interface TenantRule {}

  /// Everybody who signs in at this issuer is of one tenant.
  record OneTenant(String tenant) implements TenantRule {}

  /// A claim names the tenant.
  record TenantClaim(String claim) implements TenantRule {}

  /// The tenant that the verified token names, if it names one.
  public Optional<String> tenantOf(JsonWebToken token) {
    return switch (tenantRule) {
      case OneTenant(String tenant) -> Optional.of(tenant);
      case TenantClaim(String claim) ->
          token.<Object>claim(claim).map(Issuer::text).filter(value -> !value.isBlank());
    };
  }

  /// What we call a session of this issuer.
  public String sessionName(String sid) {
    return id + ":" + sid;
  }

  /// What we call an account of this issuer.
  public String accountName(String subject) {
    return id + ":account:" + subject;
  }

  /// The claim that finds the person in the directory.
  public Optional<String> directoryValueOf(JsonWebToken token) {
    return token.<Object>claim(directoryClaim).map(Issuer::text);
  }

  /// A claim as text: claims may come as strings or as JSON values, which print with quotes.
  public static String text(Object claim) {
    return claim instanceof jakarta.json.JsonString string ? string.getString() : claim.toString();
  }
}
