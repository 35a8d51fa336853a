package com.secureapprove.chat.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Bulkhead, timeout and circuit breaker of calls to upstreams.
@ConfigMapping(prefix = "chat.calls")
interface CallsConfig {
  /// How long a forwarded call may wait for the response headers.
  @WithDefault("10s")
  Duration forwardedWithin();

  /// The part of the permits of each bulkhead that one person can hold: one permit in this many.
  @WithDefault("16")
  int personShare();

  /// The part of the permits of each bulkhead that one tenant can hold: one permit in this many.
  @WithDefault("2")
  int tenantShare();

  /// How many calls of one person may wait for a permit of each bulkhead.
  @WithDefault("100")
  int waitingPerPerson();

  /// How long a call may wait for a permit.
  @WithDefault("5s")
  Duration waitingWithin();

  /// How long an upload may wait for a permit. Other uploads take as long as their clients need.
  @WithDefault("60s")
  Duration uploadWaitingWithin();

  /// The circuit breaker's window, in calls. It opens when half of them got no response.
  @WithDefault("10")
  int lookAt();

  /// How long the circuit breaker stays open before it lets a trial call through.
  @WithDefault("2s")
  Duration pause();
}
