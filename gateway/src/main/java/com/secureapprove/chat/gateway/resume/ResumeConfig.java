package com.secureapprove.chat.gateway.resume;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits of the catch-up after a reconnect. Beyond them a client must resync.
@ConfigMapping(prefix = "chat.resume")
public interface ResumeConfig {

  /// Maximum number of stream entries that a client may have missed.
  @WithDefault("10000")
  int mostEntries();

  /// Maximum size of the events that a client may have missed. The same limit applies to the events
  /// of a tenant that wait for a membership lookup.
  @WithDefault("4M")
  MemorySize mostBytes();

  /// How long a client may take to read the events that it missed.
  @WithDefault("60s")
  Duration limit();
}
