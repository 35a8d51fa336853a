package com.secureapprove.chat.gateway.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits of the WebSocket connections of one gateway.
@ConfigMapping(prefix = "chat.connections")
public interface ConnectionsConfig {

  /// Maximum number of connections per person.
  @WithDefault("50")
  int perPerson();

  /// Maximum number of connections per tenant.
  @WithDefault("20000")
  int perTenant();

  /// Heartbeat timeout: a client that sends no frame for this long is disconnected.
  @WithDefault("90s")
  Duration silence();

  /// Rate limit for frames of one client. A burst may be twice as large.
  @WithDefault("100")
  int framesPerSecond();

  /// Maximum number of upgrades that are authenticated concurrently. Half of them can be of one
  /// issuer.
  @WithDefault("256")
  int arriving();

  /// Maximum number of upgrades that wait for authentication; further ones are refused.
  @WithDefault("10000")
  int waiting();
}
