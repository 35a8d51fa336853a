package com.secureapprove.chat.serviceplatform.consumer;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.logging.LogFields;
import com.secureapprove.chat.platform.outage.Backoff;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Dependencies;
import com.secureapprove.chat.platform.problem.Outage;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.platform.tracing.Tracing;
import com.secureapprove.chat.serviceplatform.metrics.EventMeters;
import com.secureapprove.chat.serviceplatform.metrics.EventMeters.Consumed;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads the streams in this service's consumer group and hands each event to its [EventHandler].
///
/// An event is acknowledged after it was applied. Entries that a dead replica left unacknowledged
/// are claimed. An event that keeps failing although nothing is down goes to the dead letters, so
/// that it does not hold up the others.
@Startup(
    Interceptor.Priority
        .LIBRARY_AFTER) // when the Redis client is complete: two threads cannot make it
@Singleton
class EventConsumer {
  private static final Logger LOG = Logger.getLogger(EventConsumer.class);
  private static final int ATTEMPTS = 5;

  /// The shortest time between two reads while pages are not full. An event after a pause is read
  /// immediately; under load, a larger page costs less for each event.
  private static final Duration BETWEEN_READS = Duration.ofMillis(50);

  private static final Duration CLAIM_INTERVAL = Duration.ofSeconds(10);
  private final ConsumerGroup group;
  private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(3));
  private final EventCodec codec;
  private final Dependencies dependencies;
  private final Optional<EventHandler> handler;
  private final EventMeters meters;
  private final Tracing tracing;
  private final @Nullable Consumed counters;
  private final Thread thread = Thread.ofPlatform().name("event-consumer").unstarted(this::run);
  private volatile boolean stopped;

  /// When the event that is being applied was appended; 0 while there is none.
  private volatile long applying;

  EventConsumer(
      RedisDataSource redis,
      RedisFunctions functions,
      EventCodec codec,
      Dependencies dependencies,
      Instance<EventHandler> handlers,
      EventMeters meters,
      Tracing tracing,
      @ConfigProperty(name = "chat.internal.part") String part) {
    this.codec = codec;
    this.dependencies = dependencies;
    this.handler = handlers.isResolvable() ? Optional.of(handlers.get()) : Optional.empty();
    this.group =
        new ConsumerGroup(
            redis,
            functions,
            part,
            handler.stream()
                .flatMap(each -> each.wants().stream())
                .anyMatch(EventType::isFrequent));
    this.meters = meters;
    this.tracing = tracing;
    this.counters = handler.isPresent() ? meters.ofConsumer(this::lagSeconds) : null;
  }

  @PostConstruct
  void start() {
    if (handler.isPresent()) {
      thread.start();
    }
  }

  @PreDestroy
  void stop() throws InterruptedException {
    stopped = true;
    if (handler.isPresent()) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(5));
    }
  }

  private double lagSeconds() {
    long since = applying;
    return since == 0 ? 0 : Math.max(0, System.currentTimeMillis() - since) / 1000.0;
  }

  private void run() {
    boolean joined = false;
    long nextClaim = 0;
    while (!stopped) {
      try {
        if (!joined) {
          group.join();
          joined = true;
        }
        if (System.nanoTime() >= nextClaim) {
          claimAbandoned();
          group.leaveUnreadStreams();
          ConsumerGroup.Backlog backlog = group.backlog();
          meters.group(backlog.unread(), backlog.pending());
          nextClaim = System.nanoTime() + CLAIM_INTERVAL.toNanos();
        }
        List<StreamMessage<String, String, String>> page = group.read();
        long nextRead = System.nanoTime() + BETWEEN_READS.toNanos();
        applyPage(page);
        applying = 0;
        dependencies.answered(Dependencies.REDIS);
        backoff.reset();
        if (!page.isEmpty() && page.size() < ConsumerGroup.PAGE) {
          pauseUntil(nextRead);
        }
      } catch (RuntimeException e) {
        if (!stopped) {
          joined = false; // Redis may have come back empty, without our group
          dependencies.failed(Dependencies.REDIS, e);
          pause();
        }
      }
    }
  }

  private void claimAbandoned() {
    for (int shard : EventStreams.shards()) {
      List<StreamMessage<String, String, String>> claimed;
      do {
        claimed = group.claimAbandoned(shard);
        applyPage(claimed);
      } while (claimed.size() == ConsumerGroup.PAGE && !stopped);
    }
  }

  /// Applies the entries that were read together, one tenant after the other, and acknowledges all
  /// of them. Entries of unwanted types are acknowledged undecoded. If a tenant's events cannot be
  /// applied together, each is applied separately.
  private void applyPage(List<StreamMessage<String, String, String>> page) {
    if (page.isEmpty()) {
      return;
    }
    applying = millis(page.getFirst());
    Map<String, Map<StreamMessage<String, String, String>, EventEnvelope>> byTenant =
        new LinkedHashMap<>();
    List<StreamMessage<String, String, String>> done = new ArrayList<>();
    for (StreamMessage<String, String, String> message : page) {
      Optional<EventEnvelope> event = Optional.empty();
      try {
        event = wanted(encoded(message));
      } catch (IllegalArgumentException _) {
        apply(message); // logs it and sets it aside
        continue;
      }
      if (event.isPresent()) {
        byTenant
            .computeIfAbsent(event.get().tenant(), _ -> new LinkedHashMap<>())
            .put(message, event.get());
      } else {
        done.add(message);
      }
    }
    byTenant.forEach((tenant, events) -> {
      if (handledTogether(tenant, List.copyOf(events.values()))) {
        done.addAll(events.keySet());
      } else {
        events.keySet().forEach(this::apply);
      }
    });
    acknowledge(done);
  }

  private boolean handledTogether(String tenant, List<EventEnvelope> events) {
    Instant start = Instant.now();
    try {
      Caller.callAs(
          tenant,
          () -> {
            handler.orElseThrow().handleAll(events);
            return null;
          });
      events.forEach(event -> recordSpan(event, start));
      return true;
    } catch (Exception e) {
      LOG.debugf(e, "events_not_applied_together tenant=%s events=%d", tenant, events.size());
      return false;
    }
  }

  private static String encoded(StreamMessage<String, String, String> message) {
    return message.payload().getOrDefault(EventStreams.FIELD, "");
  }

  /// The time at which an entry was appended, in milliseconds of Redis's clock.
  private static long millis(StreamMessage<String, String, String> message) {
    return Long.parseLong(message.id(), 0, message.id().indexOf('-'), 10);
  }

  /// Applies one event and acknowledges it. An outage is waited for. An event that fails although
  /// nothing is down is set aside after a few attempts.
  private void apply(StreamMessage<String, String, String> message) {
    String encoded = encoded(message);
    applying = millis(message);
    int attempt = 0;
    @Nullable Class<?> waitsFor = null; // one log line for each kind of outage
    while (!stopped) {
      @Nullable Exception failure = dispatch(encoded);
      if (failure == null) {
        acknowledge(List.of(message));
        return;
      }
      if (Outage.of(failure).equals(Optional.of(Outage.DATABASE))) {
        dependencies.failed(Dependencies.DATABASE, failure);
      } else if (passes(failure)) {
        if (!failure.getClass().equals(waitsFor)) {
          waitsFor = failure.getClass();
          LOG.warnf("event_waits id=%s reason=%s", message.id(), Reason.of(failure));
        }
      } else {
        attempt++;
        LOG.warnf(failure, "event_not_applied id=%s attempt=%d", message.id(), attempt);
      }
      if (attempt == ATTEMPTS) {
        setAside(message);
        return;
      }
      pause();
    }
  }

  /// Acknowledges entries, with one command for each stream. Repeats it until Redis answers: an
  /// entry that is not acknowledged would wait until another consumer claims it.
  private void acknowledge(List<StreamMessage<String, String, String>> messages) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    messages.forEach(
        message -> ids.computeIfAbsent(message.key(), _ -> new ArrayList<>()).add(message.id()));
    ids.forEach((stream, entries) -> {
      while (!stopped) {
        try {
          group.acknowledge(stream, entries);
          if (counters != null) {
            counters.acknowledged().increment(entries.size());
          }
          return;
        } catch (RuntimeException e) {
          dependencies.failed(Dependencies.REDIS, e);
          pause();
        }
      }
    });
  }

  private static boolean passes(Exception failure) {
    return failure instanceof ProblemException problem
        ? problem.problem() == Problem.UNAVAILABLE
        : Outage.isCauseOf(failure);
  }

  private void recordSpan(EventEnvelope event, Instant start) {
    tracing.follow("apply " + event.type(), SpanKind.CONSUMER, event.trace(), start).end();
  }

  /// The failure of applying one event; null if it succeeded.
  private @Nullable Exception dispatch(String encoded) {
    Instant start = Instant.now();
    try {
      Optional<EventEnvelope> event = wanted(encoded);
      if (event.isPresent()) {
        LogFields.callWithin(
            event.get().trace(),
            () ->
                Caller.callAs(
                    event.get().tenant(),
                    () -> {
                      handler.orElseThrow().handle(event.get());
                      return null;
                    }));
        recordSpan(event.get(), start);
      }
      return null;
    } catch (Exception e) {
      return e;
    }
  }

  /// The event, or empty if this service does not apply events of its type.
  ///
  /// @throws IllegalArgumentException if the entry holds no valid event
  private Optional<EventEnvelope> wanted(String encoded) {
    Optional<EventType> type = EventCodec.typeOf(encoded);
    if (type.isPresent() && !handler.orElseThrow().wants().contains(type.get())) {
      return Optional.empty();
    }
    return codec
        .decode(encoded)
        .filter(event -> handler.orElseThrow().wants().contains(event.type()));
  }

  private void setAside(StreamMessage<String, String, String> message) {
    LOG.errorf(
        "event_dead_lettered id=%s group=%s trace_id=%s",
        message.id(), group.name(), traceOf(encoded(message)));
    group.setAside(message);
    acknowledge(List.of(message));
    if (counters != null) {
      counters.deadLettered().increment();
    }
  }

  private String traceOf(String encoded) {
    try {
      return codec.decode(encoded).map(EventEnvelope::trace).orElse("unknown");
    } catch (IllegalArgumentException _) {
      return "unknown";
    }
  }

  private void pause() {
    backoff.pause();
  }

  private static void pauseUntil(long nanoTime) {
    try {
      Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
