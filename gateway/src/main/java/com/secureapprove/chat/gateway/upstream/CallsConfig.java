package com.secureapprove.chat.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What is borne of a part that does not answer.
@ConfigMapping(prefix = "chat.calls")
interface CallsConfig {

  /// How long a forwarded call may wait for the beginning of its answer.
  @WithDefault("10s")
  Duration forwardedWithin();

  /// After how many calls of which half were not answered no more are made.
  @WithDefault("10")
  int lookAt();

  /// For how long none are made before one is tried again.
  @WithDefault("2s")
  Duration pause();
}
