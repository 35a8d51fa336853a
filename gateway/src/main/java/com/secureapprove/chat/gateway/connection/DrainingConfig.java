package com.secureapprove.chat.gateway.connection;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/// Timing of the drain before shutdown.
@ConfigMapping(prefix = "chat.draining")
interface DrainingConfig {

  /// The period over which connections are closed, so that clients do not reconnect all together.
  Duration over();

  /// How long a connection may wait for its pending responses before it is closed.
  Duration answersWithin();

  /// How long HTTP requests may take after all connections are closed.
  Duration requestsWithin();
}
