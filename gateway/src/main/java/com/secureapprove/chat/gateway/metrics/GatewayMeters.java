package com.secureapprove.chat.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// All meters of the gateway. Labels have few values: never a user, a conversation or a tenant.
@Singleton
public class GatewayMeters {
  public static final String CONNECTIONS = "chat_gateway_connections";
  public static final String OPENED = "chat_gateway_connections_opened";
  public static final String CLOSED = "chat_gateway_connections_closed";
  public static final String REFUSED = "chat_gateway_connections_refused";
  public static final String CIRCUIT = "chat_gateway_part_circuit";
  public static final String CALLS_REFUSED = "chat_gateway_part_calls_refused";
  public static final String DELIVERIES = "chat_gateway_frames_delivered";
  public static final String LATENCY = "chat_delivery_latency";
  public static final String BATCH = "chat_gateway_send_batch";
  public static final String SENDS = "chat_gateway_sends";
  public static final String TAIL_LOST = "chat_gateway_tail_interruptions";
  public static final String UNREADABLE = "chat_gateway_events_unreadable";
  public static final String MEMBERSHIP_LOOKUPS = "chat_gateway_membership_questions";
  public static final String RESUMED = "chat_gateway_resumes";

  private final MeterRegistry registry;
  private final AtomicInteger connections = new AtomicInteger();
  private final Counter opened;
  private final Counter deliveries;
  private final Counter tailLost;
  private final Counter unreadable;
  private final Counter membershipLookedUp;
  private final Timer latency;
  private final DistributionSummary batch;

  GatewayMeters(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge(CONNECTIONS, connections);
    opened = registry.counter(OPENED);
    deliveries = registry.counter(DELIVERIES);
    tailLost = registry.counter(TAIL_LOST);
    unreadable = registry.counter(UNREADABLE);
    membershipLookedUp = registry.counter(MEMBERSHIP_LOOKUPS);
    latency =
        Timer.builder(LATENCY)
            .description("From the commit of an event to the write of its frames")
            .serviceLevelObjectives(
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofMillis(2_500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10))
            .register(registry);
    batch =
        DistributionSummary.builder(BATCH)
            .description("Messages in one call to message-service")
            .register(registry);
  }

  public void connectionOpened() {
    connections.incrementAndGet();
    opened.increment();
  }

  /// @param cause the close cause, from a fixed set
  public void connectionClosed(String cause) {
    connections.decrementAndGet();
    registry.counter(CLOSED, "cause", cause).increment();
  }

  /// @param limit the limit that was reached: `person`, `tenant` or `arrivals`
  public void connectionRefused(String limit) {
    registry.counter(REFUSED, "limit", limit).increment();
  }

  /// The state of a circuit breaker: 0 closed, 1 half-open, 2 open.
  public AtomicInteger circuit(String part, String kind) {
    AtomicInteger state = new AtomicInteger();
    registry.gauge(CIRCUIT, Tags.of("part", part, "kind", kind), state);
    return state;
  }

  /// Counts a call that the bulkhead or the circuit breaker rejected.
  public void callRefused(String part, String kind) {
    registry.counter(CALLS_REFUSED, "part", part, "kind", kind).increment();
  }

  /// Counts the connections to which an event was written live.
  public void delivered(int connections, Duration sinceCommit) {
    deliveries.increment(connections);
    latency.record(sinceCommit.isNegative() ? Duration.ZERO : sinceCommit);
  }

  public void batchSent(int items) {
    batch.record(items);
  }

  /// @param outcome `stored`, `repeated`, `refused` or `failed`
  public void sendAnswered(String outcome) {
    registry.counter(SENDS, "outcome", outcome).increment();
  }

  public void tailInterrupted() {
    tailLost.increment();
  }

  public void eventUnreadable() {
    unreadable.increment();
  }

  public void membershipLookedUp() {
    membershipLookedUp.increment();
  }

  /// @param outcome `memory` or `stream`, depending on where the missed events were read, or
  ///   `resync`
  public void resumed(String outcome) {
    registry.counter(RESUMED, "outcome", outcome).increment();
  }
}
