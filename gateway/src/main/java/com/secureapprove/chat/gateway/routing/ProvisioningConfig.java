package com.secureapprove.chat.gateway.routing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/// The provisioning tokens by tenant, with which identity providers keep the directory. A tenant
/// without one has no SCIM.
@ConfigMapping(prefix = "chat.provisioning")
interface ProvisioningConfig {

  @WithParentName
  Map<String, String> tokens();
}
