package com.secureapprove.chat.notification.deliveries;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The deliveries to webhook endpoints.
@ConfigMapping(prefix = "chat.webhooks.deliveries")
interface DeliveriesConfig {
  /// How often a delivery is attempted before it is dead.
  @WithDefault("10")
  int maxAttempts();

  /// The delay after the first failed attempt. Each further delay is four times as long.
  @WithDefault("5s")
  Duration firstDelay();

  /// The longest delay between two attempts.
  @WithDefault("6h")
  Duration maxDelay();

  /// The longest delay that a receiver may ask for by `Retry-After`.
  @WithDefault("24h")
  Duration maxRetryAfter();

  /// How many deliveries of one tenant a replica sends at the same time.
  @WithDefault("8")
  int perTenant();

  /// How many deliveries of one endpoint a replica sends at the same time.
  @WithDefault("4")
  int perEndpoint();

  /// How many deliveries of all tenants a replica sends at the same time.
  @WithDefault("512")
  int perReplica();

  /// After this time another replica repeats an attempt that has not ended. Must be longer than
  /// `chat.outbound.resolve-within` and `chat.outbound.answer-within` together.
  @WithDefault("60s")
  Duration lease();

  /// How often a replica looks for deliveries that are due. New events of its own wake it earlier.
  @WithDefault("1s")
  Duration pollEvery();

  /// How long a delivered delivery is kept.
  @WithDefault("7d")
  Duration keepDelivered();

  /// How long a dead delivery is kept.
  @WithDefault("30d")
  Duration keepDead();
}
