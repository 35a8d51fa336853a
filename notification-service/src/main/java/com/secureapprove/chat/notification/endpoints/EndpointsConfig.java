package com.secureapprove.chat.notification.endpoints;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The webhook endpoints of tenants.
@ConfigMapping(prefix = "chat.webhooks.endpoints")
interface EndpointsConfig {
  /// How many endpoints a tenant may have.
  @WithDefault("20")
  int max();

  /// How long the former secret signs too after a rotation.
  @WithDefault("24h")
  Duration formerSecretFor();
}
