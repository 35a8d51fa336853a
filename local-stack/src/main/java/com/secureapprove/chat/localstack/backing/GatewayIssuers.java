package com.secureapprove.chat.localstack.backing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The gateway's settings for the issuers of the demo tenants.
final class GatewayIssuers {

  private GatewayIssuers() {}

  /// @param issuerOf the issuer's URL of a tenant
  /// @param secret the client secret of the gateway
  static Map<String, String> settings(UnaryOperator<String> issuerOf, String secret) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (DemoTenant tenant : DemoTenant.all()) {
      String prefix = "chat.issuers." + tenant.name();
      settings.put(prefix + ".url", issuerOf.apply(tenant.name()));
      settings.put(prefix + ".tenant", tenant.name());
      settings.put(prefix + ".client-id", "chat-gateway");
      settings.put(prefix + ".client-secret", secret);
      settings.put(prefix + ".audience", "chat");
      settings.put(prefix + ".directory-claim", "preferred_username");
    }
    settings.put("chat.demo", "true");
    return settings;
  }
}
