package com.secureapprove.chat.gateway.metrics;

import com.secureapprove.chat.platform.metrics.LatencyBuckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/// All meters of the gateway. Labels have few values: never a user, a conversation or a tenant.
///
/// Every counter is registered at the start with 0, because a rate cannot be computed from a
/// counter that appears with its first event. Owners of an enum of label values register them by
/// [#register].
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
  public static final String SEND_LATENCY = "chat_gateway_send_latency";
  public static final String TAIL_LOST = "chat_gateway_tail_interruptions";
  public static final String TAIL_AGE = "chat_gateway_tail_age_seconds";
  public static final String DELIVERY_LAG = "chat_delivery_lag_seconds";
  public static final String UNREADABLE = "chat_gateway_events_unreadable";
  public static final String MEMBERSHIP_LOOKUPS = "chat_gateway_membership_questions";
  public static final String RESUMED = "chat_gateway_resumes";
  public static final String LIVE_RESYNCS = "chat_gateway_live_resyncs";
  public static final String RATE_LIMITED = "chat_gateway_rate_limited";
  public static final String LOCAL_LIMITS = "chat_gateway_rate_limits_local";
  public static final String DELAYED_REFUSALS = "chat_gateway_refusals_delayed";
  public static final String SIGN_IN_FAILURES = "chat_gateway_sign_in_failures";

  /// Why a request has no valid credentials.
  public enum SignInFailure {
    /// A token or session that is invalid, expired or revoked.
    CREDENTIALS("credentials"),
    /// The directory has no active person for the account.
    DIRECTORY("directory"),
    /// The issuer does not respond.
    ISSUER("issuer"),
    /// The issuer or the browser ended the sign-in with an error.
    FLOW("flow");

    private final String label;

    SignInFailure(String label) {
      this.label = label;
    }
  }

  private final MeterRegistry registry;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<DoubleSupplier> tailAges = new CopyOnWriteArrayList<>();
  private final Counter opened;
  private final Counter deliveries;
  private final Counter tailLost;
  private final Counter unreadable;
  private final Counter membershipLookedUp;
  private final Counter liveResyncs;
  private final Counter localLimits;
  private final Counter delayedRefusals;
  private final Timer latency;
  private final Timer sendLatency;
  private final DistributionSummary batch;

  GatewayMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder(CONNECTIONS, connections, AtomicInteger::get)
        .description("Open WebSocket connections")
        .register(registry);
    Gauge.builder(TAIL_AGE, this::oldestTail)
        .description("Time since the last successful read of the stream that was read longest ago")
        .baseUnit("seconds")
        .register(registry);
    opened = counter(OPENED);
    deliveries = counter(DELIVERIES);
    tailLost = counter(TAIL_LOST);
    unreadable = counter(UNREADABLE);
    membershipLookedUp = counter(MEMBERSHIP_LOOKUPS);
    liveResyncs = counter(LIVE_RESYNCS);
    localLimits = counter(LOCAL_LIMITS);
    delayedRefusals = counter(DELAYED_REFUSALS);
    register(REFUSED, "limit", Stream.of("person", "tenant", "arrivals", "rate"));
    register(SENDS, "outcome", Stream.of("stored", "repeated", "refused", "failed"));
    register(RESUMED, "outcome", Stream.of("memory", "stream", "resync"));
    register(SIGN_IN_FAILURES, "reason", Stream.of(SignInFailure.values()).map(each -> each.label));
    latency =
        Timer.builder(LATENCY)
            .description("From the commit of an event to the write of its frames")
            .serviceLevelObjectives(LatencyBuckets.DURATIONS)
            .register(registry);
    sendLatency =
        Timer.builder(SEND_LATENCY)
            .description("From the receipt of a message to its outcome")
            .serviceLevelObjectives(LatencyBuckets.DURATIONS)
            .register(registry);
    batch =
        DistributionSummary.builder(BATCH)
            .description("Messages in one call to message-service")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
            .register(registry);
  }

  private static String help(String name) {
    return switch (name) {
      case OPENED -> "Connections that were opened";
      case CLOSED -> "Connections that were closed, by cause";
      case REFUSED -> "Connections that were refused, by the limit that was reached";
      case CALLS_REFUSED -> "Calls that the bulkhead or the circuit breaker rejected";
      case DELIVERIES -> "Frames of live events that were written to connections";
      case SENDS -> "Messages that clients sent, by outcome";
      case TAIL_LOST -> "Failed reads of a stream";
      case UNREADABLE -> "Stream entries that could not be decoded";
      case MEMBERSHIP_LOOKUPS -> "Look-ups of the members of a conversation at their owner";
      case RESUMED -> "Resumes of clients, by where the missed events were read";
      case LIVE_RESYNCS -> "Open connections that were told to reload because events were lost";
      case RATE_LIMITED -> "Attempts that a rate limit refused";
      case LOCAL_LIMITS -> "Attempts that this gateway counted alone because Redis did not respond";
      case DELAYED_REFUSALS -> "Refusals that were delayed because a client got too many of them";
      case SIGN_IN_FAILURES -> "Requests without valid credentials, by reason";
      default -> throw new IllegalArgumentException(name);
    };
  }

  private Counter counter(String name, String... labels) {
    return Counter.builder(name).description(help(name)).tags(labels).register(registry);
  }

  /// Registers a counter with 0 for each value of its label.
  public void register(String name, String label, Stream<String> values) {
    values.forEach(value -> counter(name, label, value));
  }

  /// Registers the circuit breaker and the bulkhead of an upstream.
  public void registerCalls(String part, String kind) {
    counter(CALLS_REFUSED, "part", part, "kind", kind);
  }

  /// Adds a tail to the gauge of tail ages.
  ///
  /// @param age seconds since its last successful read
  public void tail(DoubleSupplier age) {
    tailAges.add(age);
  }

  /// Registers the gauge of the delivery lag.
  ///
  /// @param seconds from the acknowledgement of a message until its event arrives, of the shard
  ///   with the largest lag
  public void deliveryLag(DoubleSupplier seconds) {
    Gauge.builder(DELIVERY_LAG, seconds, DoubleSupplier::getAsDouble)
        .description("Time by which deliveries are behind acknowledgements; 0 if it is not known")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  private double oldestTail() {
    return tailAges.stream().mapToDouble(DoubleSupplier::getAsDouble).max().orElse(0);
  }

  public void connectionOpened() {
    connections.incrementAndGet();
    opened.increment();
  }

  /// @param cause the close cause, from a fixed set
  public void connectionClosed(String cause) {
    connections.decrementAndGet();
    counter(CLOSED, "cause", cause).increment();
  }

  /// @param limit the limit that was reached: `person`, `tenant` or `arrivals`
  public void connectionRefused(String limit) {
    counter(REFUSED, "limit", limit).increment();
  }

  /// The state of a circuit breaker: 0 closed, 1 half-open, 2 open.
  public AtomicInteger circuit(String part, String kind) {
    AtomicInteger state = new AtomicInteger();
    Gauge.builder(CIRCUIT, state::get)
        .description("State of a circuit breaker: 0 closed, 1 half-open, 2 open")
        .tags("part", part, "kind", kind)
        .register(registry);
    return state;
  }

  /// Counts a call that the bulkhead or the circuit breaker rejected.
  public void callRefused(String part, String kind) {
    counter(CALLS_REFUSED, "part", part, "kind", kind).increment();
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
  /// @param took from the receipt of the message to its outcome
  public void sendAnswered(String outcome, Duration took) {
    counter(SENDS, "outcome", outcome).increment();
    sendLatency.record(took);
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
    counter(RESUMED, "outcome", outcome).increment();
  }

  /// Counts an open connection that lost events and must reload.
  public void liveResync() {
    liveResyncs.increment();
  }

  /// @param limit the rate limit that refused the attempt
  public void rateLimited(String limit) {
    counter(RATE_LIMITED, "limit", limit).increment();
  }

  /// Counts an attempt that was limited without Redis.
  public void limitedLocally() {
    localLimits.increment();
  }

  public void refusalDelayed() {
    delayedRefusals.increment();
  }

  public void signInFailed(SignInFailure reason) {
    counter(SIGN_IN_FAILURES, "reason", reason.label).increment();
  }
}
