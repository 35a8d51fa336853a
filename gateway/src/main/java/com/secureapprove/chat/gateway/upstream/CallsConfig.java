package com.secureapprove.chat.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Timeout and circuit breaker of calls to upstreams.
@ConfigMapping(prefix = "chat.calls")
interface CallsConfig {
  /// How long a forwarded call may wait for the response headers.
  @WithDefault("10s")
  Duration forwardedWithin();

  /// The circuit breaker's window, in calls. It opens when half of them got no response.
  @WithDefault("10")
  int lookAt();

  /// How long the circuit breaker stays open before it lets a trial call through.
  @WithDefault("2s")
  Duration pause();
}
