package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.contracts.People;
import io.quarkus.oidc.OidcTenantConfig;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// A trusted OpenID Connect issuer, and how its claims are read.
///
/// @param id the organisation's short name
/// @param iss the `iss` claim of its tokens
/// @param bearer verifies its access tokens
/// @param web signs browsers in with the authorization code flow
/// @param signOutEnds what a sign-out from the chat ends
/// @param afterSignOut the next page: a path of the gateway's origin, or a URL of an allowed one
public record Issuer(
    String id,
    String name,
    String iss,
    TenantRule tenantRule,
    String directoryClaim,
    OidcTenantConfig bearer,
    OidcTenantConfig web,
    SignOutScope signOutEnds,
    String afterSignOut) {

  /// How the tenant follows from a verified token.
  sealed interface TenantRule {}

  /// All accounts of the issuer belong to one tenant.
  record OneTenant(String tenant) implements TenantRule {}

  /// A claim names the tenant.
  record TenantClaim(String claim) implements TenantRule {}

  /// The tenant of a verified token; empty if the token names none.
  public Optional<String> tenantOf(JsonWebToken token) {
    return switch (tenantRule) {
      case OneTenant(String tenant) -> Optional.of(tenant);
      case TenantClaim(String claim) -> text(token, claim).filter(value -> !value.isBlank());
    };
  }

  /// The OAuth client id of the gateway at the issuer.
  public String clientId() {
    return web.clientId().orElseThrow();
  }

  /// The name of an issuer's own session, unique among all issuers.
  static String sessionName(String issuer, String sid) {
    return issuer + ":" + sid;
  }

  /// The name of an account, unique among all issuers.
  static String accountName(String issuer, String subject) {
    return issuer + ":account:" + subject;
  }

  /// The claims by which presence-service links the account to a person.
  People.SignIn signInOf(JsonWebToken token) {
    return new People.SignIn(
        iss,
        token.getSubject(),
        text(token, directoryClaim).orElse(null),
        text(token, "email").orElse(null),
        text(token, "email_verified").map(Boolean::parseBoolean).orElse(false),
        text(token, "name").orElse(null));
  }

  /// A claim as text. Claims are strings or JSON values, and `toString` of a JSON string has
  /// quotes.
  static Optional<String> text(JsonWebToken token, String claim) {
    return token
        .<Object>claim(claim)
        .map(value ->
            value instanceof jakarta.json.JsonString string
                ? string.getString()
                : value.toString());
  }
}
