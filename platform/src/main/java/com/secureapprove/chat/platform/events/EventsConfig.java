package com.secureapprove.chat.platform.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long events are kept.
@ConfigMapping(prefix = "chat.events")
public interface EventsConfig {

  /// How long after the next event a client may still come back to one and be given what it has
  /// missed; and how long events are kept in the outbox for a Redis that loses them.
  @WithDefault("1h")
  Duration resumeWindow();

  /// The most entries of a stream, however young they are.
  @WithDefault("100000")
  int streamLength();
}
