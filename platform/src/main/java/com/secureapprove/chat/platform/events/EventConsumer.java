package com.secureapprove.chat.platform.events;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Outage;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.XAddArgs;
import io.quarkus.redis.datasource.stream.XGroupCreateArgs;
import io.quarkus.redis.datasource.stream.XReadGroupArgs;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads the streams in this service's consumer group and hands each event to its [EventHandler].
///
/// An event is acknowledged after it was applied. What a dead replica left unacknowledged is
/// claimed. An event that fails again and again although everything it needs is there goes to the
/// dead letters, so that it does not hold up the rest.
@Startup(Interceptor.Priority.LIBRARY_AFTER) // when the Redis client is whole: two cannot make it
@Singleton
class EventConsumer {
  private static final Logger LOG = Logger.getLogger(EventConsumer.class);
  private static final int BATCH = 100;
  private static final int ATTEMPTS = 5;
  private static final Duration BLOCK = Duration.ofSeconds(1);
  private static final Duration ABANDONED = Duration.ofSeconds(30);
  private static final Duration CLAIM_INTERVAL = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final long MOST_DEAD_LETTERS = 10_000L;

  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private final StreamCommands<String, String, String> streams;
  private final RedisFunctions functions;
  private final EventCodec codec;
  private final Optional<EventHandler> handler;
  private final String group;
  private final String consumer = UUID.randomUUID().toString();
  private final Counter deadLetters;
  private final Thread thread = Thread.ofPlatform().name("event-consumer").unstarted(this::run);
  private volatile boolean stopped;

  /// When the event was appended that is being applied now; 0 while there is none.
  private volatile long applying;

  EventConsumer(
      RedisDataSource redis,
      RedisFunctions functions,
      EventCodec codec,
      Instance<EventHandler> handlers,
      MeterRegistry meters,
      @ConfigProperty(name = "chat.internal.part") String part) {
    this.streams = redis.stream(String.class);
    this.functions = functions;
    this.codec = codec;
    this.handler = handlers.isResolvable() ? Optional.of(handlers.get()) : Optional.empty();
    this.group = part;
    this.deadLetters =
        Counter.builder("chat_events_dead_lettered")
            .description("Events that could not be applied and were set aside")
            .register(meters);
    if (handler.isPresent()) {
      Gauge.builder("chat_events_lag_seconds", this::lagSeconds)
          .description("Age of the event that is being applied; 0 where all are")
          .register(meters);
    }
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
    Map<String, String> unseen = new LinkedHashMap<>();
    EventStreams.shards().forEach(shard -> unseen.put(EventStreams.stream(shard), ">"));
    boolean joined = false;
    long nextClaim = 0;
    while (!stopped) {
      try {
        if (!joined) {
          join();
          joined = true;
        }
        if (System.nanoTime() >= nextClaim) {
          claimAbandoned();
          nextClaim = System.nanoTime() + CLAIM_INTERVAL.toNanos();
        }
        streams
            .xreadgroup(group, consumer, unseen, new XReadGroupArgs().count(BATCH).block(BLOCK))
            .forEach(this::apply);
        applying = 0;
      } catch (RuntimeException e) {
        if (!stopped) {
          joined = false; // Redis may have come back empty, without our group
          LOG.warnf("event_consumer_waits group=%s reason=%s", group, e.getMessage());
          pause();
        }
      }
    }
  }

  private void join() {
    for (int shard : EventStreams.shards()) {
      try {
        streams.xgroupCreate(
            EventStreams.stream(shard), group, "0", new XGroupCreateArgs().mkstream());
      } catch (RuntimeException e) {
        if (!String.valueOf(e.getMessage()).contains("BUSYGROUP")) {
          throw e;
        }
      }
      forgetTheDead(EventStreams.stream(shard));
    }
  }

  /// Names of consumers come with each start, and go with it.
  private void forgetTheDead(String stream) {
    functions.call(
        "chat_forget_consumers",
        List.of(stream),
        List.of(group, Long.toString(FORGOTTEN.toMillis())));
  }

  private void claimAbandoned() {
    for (int shard : EventStreams.shards()) {
      List<StreamMessage<String, String, String>> claimed;
      do {
        claimed =
            streams
                .xautoclaim(EventStreams.stream(shard), group, consumer, ABANDONED, "0", BATCH)
                .getMessages();
        claimed.forEach(this::apply);
      } while (claimed.size() == BATCH && !stopped);
    }
  }

  /// Applies an event and acknowledges it. What stands in the way and passes is waited for; only an
  /// event that is itself the trouble is set aside in the end.
  private void apply(StreamMessage<String, String, String> message) {
    String encoded = message.payload().getOrDefault(EventStreams.FIELD, "");
    applying = Long.parseLong(message.id(), 0, message.id().indexOf('-'), 10);
    int attempt = 0;
    while (!stopped) {
      @Nullable Exception failure = dispatch(encoded);
      if (failure == null) {
        acknowledge(message);
        return;
      }
      if (passes(failure)) {
        LOG.warnf("event_waits id=%s reason=%s", message.id(), failure);
      } else {
        attempt++;
        LOG.warnf(failure, "event_not_applied id=%s attempt=%d", message.id(), attempt);
      }
      if (attempt == ATTEMPTS) {
        setAside(message, encoded);
        return;
      }
      pause();
    }
  }

  /// Goes on until Redis takes it: what was read together with this event would otherwise wait
  /// until somebody claims it.
  private void acknowledge(StreamMessage<String, String, String> message) {
    while (!stopped) {
      try {
        streams.xack(message.key(), group, message.id());
        return;
      } catch (RuntimeException e) {
        LOG.warnf("event_not_acknowledged id=%s reason=%s", message.id(), e.getMessage());
        pause();
      }
    }
  }

  private static boolean passes(Exception failure) {
    return failure instanceof ProblemException problem
        ? problem.problem() == Problem.UNAVAILABLE
        : Outage.isCauseOf(failure);
  }

  /// What went wrong; null where nothing did.
  private @Nullable Exception dispatch(String encoded) {
    try {
      Optional<EventEnvelope> event = codec.decode(encoded);
      EventHandler present = handler.orElseThrow();
      if (event.isPresent() && present.wants().contains(event.get().type())) {
        Caller.callAs(
            event.get().tenant(),
            () -> {
              present.handle(event.get());
              return null;
            });
      }
      return null;
    } catch (Exception e) {
      return e;
    }
  }

  private void setAside(StreamMessage<String, String, String> message, String encoded) {
    int shard =
        EventStreams.shards().stream()
            .filter(s -> EventStreams.stream(s).equals(message.key()))
            .findFirst()
            .orElseThrow();
    LOG.errorf("event_dead_lettered id=%s group=%s", message.id(), group);
    streams.xadd(
        EventStreams.deadLetters(shard, group),
        new XAddArgs().maxlen(MOST_DEAD_LETTERS),
        Map.of(EventStreams.FIELD, encoded));
    acknowledge(message);
    deadLetters.increment();
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
