package com.secureapprove.chat.presence.online;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What counts as online.
@ConfigMapping(prefix = "chat.presence")
interface PresenceConfig {

  /// How long somebody who does nothing is still online.
  @WithDefault("120s")
  Duration silence();

  /// How often it is looked who has become silent.
  @WithDefault("5s")
  Duration sweep();

  /// How often it is saved when people were last seen.
  @WithDefault("15s")
  Duration save();

  /// How long Redis itself remembers it after that.
  @WithDefault("24h")
  Duration keep();
}
