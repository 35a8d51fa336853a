package com.secureapprove.chat.gateway.routing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/// The tokens with which identity providers provision the directory over SCIM, by tenant. SCIM is
/// off for a tenant without a token.
@ConfigMapping(prefix = "chat.provisioning")
interface ProvisioningConfig {

  /// The tenant's provisioning token, of at least 32 characters.
  @WithParentName
  Map<String, String> tokens();
}
