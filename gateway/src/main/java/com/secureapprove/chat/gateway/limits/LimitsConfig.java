package com.secureapprove.chat.gateway.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How much a person may do.
@ConfigMapping(prefix = "chat.limits")
public interface LimitsConfig {

  @WithDefault("60")
  int messagesPerMinute();

  @WithDefault("30")
  int conversationsPerHour();

  @WithDefault("20")
  int uploadsPerMinute();
}
