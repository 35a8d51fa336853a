package com.secureapprove.chat.gateway.browsersession;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long browsers' sessions last.
@ConfigMapping(prefix = "chat.sessions")
interface SessionsConfig {

  /// How long a socket stays open after the last call of its session over HTTP.
  @WithDefault("8h")
  Duration lasts();
}
