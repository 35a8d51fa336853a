package com.secureapprove.chat.localstack.backing;

import java.util.LinkedHashMap;
import java.util.Map;

/// The gateway's settings for the issuers of the demo tenants.
final class GatewayIssuers {

  private GatewayIssuers() {}

  static Map<String, String> settings(Keycloak keycloak) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (DemoTenant tenant : DemoTenant.all()) {
      String prefix = "chat.issuers." + tenant.name();
      settings.put(prefix + ".url", keycloak.issuer(tenant.name()));
      settings.put(prefix + ".tenant", tenant.name());
      settings.put(prefix + ".client-id", "chat-gateway");
      settings.put(prefix + ".client-secret", keycloak.gatewaySecret());
      settings.put(prefix + ".audience", "chat");
      settings.put(prefix + ".directory-claim", "preferred_username");
    }
    settings.put("chat.demo", "true");
    return settings;
  }
}
