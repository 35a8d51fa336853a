package com.secureapprove.chat.gateway.eventstream;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How the gateway reads the event streams for clients that reconnect. The services configure how
/// long Redis keeps entries: `chat.events.resume-window`.
@ConfigMapping(prefix = "chat.resume")
interface EventStreamConfig {

  /// Maximum number of entries in memory, for each of the eight streams.
  @WithDefault("2000")
  int entriesInMemory();

  /// Maximum size of the entries in memory, for each of the eight streams.
  @WithDefault("4M")
  MemorySize bytesInMemory();

  /// Number of entries in one read from Redis.
  @WithDefault("500")
  int page();

  /// Maximum number of concurrent reads from Redis for each stream; further reads wait.
  @WithDefault("4")
  int readers();
}
