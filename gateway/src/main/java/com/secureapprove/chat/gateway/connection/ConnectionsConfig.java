package com.secureapprove.chat.gateway.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How many connections this gateway holds, and what it bears of each.
@ConfigMapping(prefix = "chat.connections")
public interface ConnectionsConfig {

  @WithDefault("50")
  int perPerson();

  @WithDefault("20000")
  int perTenant();

  /// How long a client may be silent.
  @WithDefault("90s")
  Duration silence();

  /// How many frames a client may send, on average; twice as many at once.
  @WithDefault("100")
  int framesPerSecond();

  /// Of how many upgrades it is found out at the same time who comes.
  @WithDefault("256")
  int arriving();

  /// How many more upgrades wait for that; what comes on top is refused.
  @WithDefault("10000")
  int waiting();
}
