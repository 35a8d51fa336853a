package com.secureapprove.chat.presence.online;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Settings of presence.
@ConfigMapping(prefix = "chat.presence")
interface PresenceConfig {

  /// Period of inactivity after which a person is offline.
  @WithDefault("120s")
  Duration silence();

  /// Interval at which inactive people are marked offline.
  @WithDefault("5s")
  Duration sweep();

  /// Interval at which last-seen times are saved to PostgreSQL.
  @WithDefault("15s")
  Duration save();

  /// How long Redis retains a last-seen time after it was saved.
  @WithDefault("24h")
  Duration keep();
}
