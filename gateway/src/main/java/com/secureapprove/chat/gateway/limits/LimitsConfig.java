package com.secureapprove.chat.gateway.limits;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits on what one person may do.
@ConfigMapping(prefix = "chat.limits")
public interface LimitsConfig {
  /// Messages that one person may send per minute, at all gateways together.
  @WithDefault("60")
  int messagesPerMinute();

  /// Conversations that one person may start per hour, at all gateways together.
  @WithDefault("30")
  int conversationsPerHour();

  /// Files that one person may upload per minute, at all gateways together.
  @WithDefault("20")
  int uploadsPerMinute();

  /// Other changes that one person may make per minute, at all gateways together: rename, archive,
  /// mute, add, remove, roles, read positions, typing, and refused messages and conversations.
  @WithDefault("120")
  int changesPerMinute();

  /// Notifications that one service client may publish per minute, at all gateways together.
  @WithDefault("600")
  int notificationsPerMinute();

  /// SCIM requests of one tenant's identity provider per minute, at all gateways together.
  @WithDefault("3000")
  int provisioningPerMinute();

  /// Reads of missed events from Redis, of up to `chat.resume.page` events each, for the
  /// connections of one person per minute, at each gateway. Beyond them a client must resync.
  @WithDefault("600")
  int missedEventReadsPerMinute();

  /// Reads over HTTP that one person may make per second, at each gateway. A burst may be ten times
  /// as large. A read of a whole list counts as five.
  @WithDefault("50")
  int readsPerSecond();

  /// Frames and pings that one person may send per second over all WebSocket connections, at each
  /// gateway. A burst may be twice as large.
  @WithDefault("200")
  int framesPerSecond();

  /// WebSocket connections that one person may open per minute, at each gateway.
  @WithDefault("120")
  int connectionsPerMinute();

  /// Requests with a large body that one person may send at the same time, at each gateway.
  @WithDefault("16")
  int uploadsAtATime();

  /// How long the client may take to send a large body. The gateway then closes its connection.
  @WithDefault("5m")
  Duration uploadWithin();

  /// How many bytes per second of a large body must arrive on average. The gateway closes the
  /// connection of a client that sends more slowly.
  @WithDefault("1K")
  MemorySize uploadRate();

  /// How long the client may take before `upload-rate` holds.
  @WithDefault("30s")
  Duration uploadRateAfter();
}
