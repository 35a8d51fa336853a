package com.secureapprove.chat.gateway.authentication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/// The OpenID Connect issuers, by the short name of the organisation.
@ConfigMapping(prefix = "chat.issuers")
interface IssuersConfig {

  @WithParentName
  Map<String, Entry> byId();

  /// One issuer.
  interface Entry {

    /// Where the issuer is reached, without `/.well-known/openid-configuration`.
    String url();

    /// The `iss` of its tokens, where that is not the address at which we reach it.
    Optional<String> issuer();

    /// What people call the organisation; the short name by default.
    Optional<String> name();

    /// The tenant of everybody who signs in here.
    Optional<String> tenant();

    /// The claim that names the tenant, where several share the issuer.
    Optional<String> tenantClaim();

    String clientId();

    String clientSecret();

    /// What access tokens must be meant for.
    String audience();

    /// The claim that equals a person's `externalId` or `userName` in the directory.
    @WithDefault("preferred_username")
    String directoryClaim();
  }
}
