package com.secureapprove.chat.notification.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

/// The meters of webhooks. Every counter starts with 0. Thread-safe.
@Singleton
public class NotificationMeters {
  public static final String ATTEMPTS = "chat_webhook_attempts";
  public static final String UNDER_WAY = "chat_webhook_attempts_under_way";

  /// How an attempt of a delivery ended.
  public enum Attempt {
    /// The receiver accepted it.
    DELIVERED,
    /// It failed and is repeated.
    FAILED,
    /// It failed for the last time.
    DEAD,
    /// The receiver answered 410.
    GONE
  }

  private final MeterRegistry registry;
  private final Map<Attempt, Counter> attempts = new EnumMap<>(Attempt.class);

  NotificationMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Attempt attempt : Attempt.values()) {
      attempts.put(
          attempt,
          Counter.builder(ATTEMPTS)
              .description("Attempts to deliver a webhook, by outcome")
              .tag("outcome", attempt.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  public void attempted(Attempt attempt) {
    Objects.requireNonNull(attempts.get(attempt)).increment();
  }

  /// Registers the gauge of attempts that this replica makes at present.
  public void ofDispatcher(IntSupplier underWay) {
    Gauge.builder(UNDER_WAY, underWay::getAsInt)
        .description("Attempts to deliver a webhook that this replica makes at present")
        .register(registry);
  }
}
