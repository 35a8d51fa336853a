package com.secureapprove.chat.gateway.fanout;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much of what happened is at hand for clients that come back. How long it is kept at all is
/// `chat.events.resume-window` of the services.
@ConfigMapping(prefix = "chat.resume")
interface ResumeConfig {

  /// How many of a stream's entries are kept in memory, of each of the eight streams.
  @WithDefault("2000")
  int entriesInMemory();

  /// How much memory they take, of each stream.
  @WithDefault("4M")
  MemorySize bytesInMemory();

  /// Behind how many entries of its stream a client is told to reload.
  @WithDefault("10000")
  int mostEntries();

  /// Behind how many bytes of its stream a client is told to reload, and all of a tenant where so
  /// much waits until it is known who is to hear of it.
  @WithDefault("4M")
  MemorySize mostBytes();

  /// How many entries are read from Redis at once.
  @WithDefault("500")
  int page();

  /// How many clients of a stream may be served from Redis at a time; the others wait.
  @WithDefault("4")
  int readers();

  /// How long a client may take to read what it has missed.
  @WithDefault("60s")
  Duration limit();
}
