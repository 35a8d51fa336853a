package com.secureapprove.chat.gateway.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much a person may do.
@ConfigMapping(prefix = "chat.limits")
public interface LimitsConfig {

  @WithDefault("60")
  int messagesPerMinute();

  @WithDefault("30")
  int conversationsPerHour();

  @WithDefault("20")
  int uploadsPerMinute();

  /// How many requests with a large body may come in at the same time, on each gateway.
  @WithDefault("16")
  int uploadsAtATime();

  /// How long a large body may take to come in.
  @WithDefault("5m")
  Duration uploadWithin();
}
