package com.secureapprove.chat.serviceplatform.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/// The meters of publishing and consuming events. Every counter starts with 0. Thread-safe.
@Singleton
public class EventMeters {
  public static final String REPEATED = "chat_events_repeated";
  public static final String OUTBOX_LAG = "chat_outbox_lag_seconds";
  public static final String LEASES = "chat_outbox_leases";
  public static final String ACKNOWLEDGED = "chat_events_acknowledged";
  public static final String DEAD_LETTERED = "chat_events_dead_lettered";
  public static final String LAG = "chat_events_lag_seconds";
  public static final String UNREAD = "chat_events_unread";
  public static final String PENDING = "chat_events_pending";

  private final MeterRegistry registry;
  private final Counter repeated;
  private volatile long unread;
  private volatile long pending;

  EventMeters(MeterRegistry registry) {
    this.registry = registry;
    repeated =
        Counter.builder(REPEATED)
            .description("Events appended again because Redis had lost them")
            .register(registry);
  }

  /// Registers the gauges of the outbox relay.
  ///
  /// @param lagSeconds age of the oldest event that is not on its stream
  /// @param leases shards that this replica relays
  public void ofRelay(DoubleSupplier lagSeconds, IntSupplier leases) {
    Gauge.builder(OUTBOX_LAG, lagSeconds::getAsDouble)
        .description("Age of the oldest committed event that is not yet on its stream")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder(LEASES, leases::getAsInt)
        .description("Shards of the outbox that this replica relays")
        .register(registry);
  }

  /// Registers the meters of the event consumer.
  ///
  /// @param lagSeconds age of the event that is being applied
  public Consumed ofConsumer(DoubleSupplier lagSeconds) {
    Gauge.builder(LAG, lagSeconds::getAsDouble)
        .description("Age of the event that is being applied; 0 if all are applied")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder(UNREAD, () -> unread)
        .description("Stream entries that the consumer group has not read, over all streams")
        .register(registry);
    Gauge.builder(PENDING, () -> pending)
        .description("Stream entries that the consumer group has read but not acknowledged")
        .register(registry);
    return new Consumed(
        Counter.builder(ACKNOWLEDGED)
            .description("Stream entries that were acknowledged, applied or skipped")
            .register(registry),
        Counter.builder(DEAD_LETTERED)
            .description("Events that could not be applied and were set aside")
            .register(registry));
  }

  public void repeated(int events) {
    repeated.increment(events);
  }

  /// Sets the state of the consumer group, as Redis reports it.
  public void group(long unread, long pending) {
    this.unread = unread;
    this.pending = pending;
  }

  /// The counters of the event consumer.
  public record Consumed(Counter acknowledged, Counter deadLettered) {}
}
