package com.secureapprove.chat.gateway.authentication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// The OpenID Connect issuers, by the organisation's short name.
@ConfigMapping(prefix = "chat.issuers")
interface IssuersConfig {

  @WithParentName
  Map<String, Entry> byId();

  /// One issuer.
  interface Entry {
    /// The issuer's URL as the gateway reaches it, without `/.well-known/openid-configuration`.
    String url();

    /// The `iss` claim of its tokens, if it differs from `url`.
    Optional<String> issuer();

    /// The organisation's display name. Default: the short name.
    Optional<String> name();

    /// The tenant of all its accounts. Set either this or `tenant-claim`.
    Optional<String> tenant();

    /// The claim that names the tenant, if several tenants share the issuer.
    Optional<String> tenantClaim();

    /// The OAuth client id of the gateway at this issuer.
    String clientId();

    /// The OAuth client secret of the gateway at this issuer.
    String clientSecret();

    /// The HTTP proxy through which the gateway reaches the issuer, such as `http://proxy:3128`.
    Optional<URI> proxy();

    /// The `aud` claim that access tokens must have.
    String audience();

    /// The claim that equals a person's `externalId` or `userName` in the directory.
    @WithDefault("preferred_username")
    String directoryClaim();

    /// What a sign-out from the chat ends: `issuer` also ends the session at the issuer, and so the
    /// sessions of the applications that it informs; `chat` ends the session of the chat only.
    @WithDefault("issuer")
    SignOutScope signOutEnds();

    /// The next page after a sign-out: a path of `chat.public-url`, or a URL of an allowed origin.
    /// The issuer must allow it as `post_logout_redirect_uri` if the sign-out ends its session.
    @WithDefault("/")
    String afterSignOut();
  }
}
