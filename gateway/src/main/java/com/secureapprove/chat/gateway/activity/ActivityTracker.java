package com.secureapprove.chat.gateway.activity;

import com.secureapprove.chat.platform.redis.RedisFunctions;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// Gathers who was active and tells it once a second, in one call for each tenant. What Redis does
/// not hear of is told again by the next sign of life. Any thread may call.
@Startup
@Singleton
public class ActivityTracker {
  private static final Logger LOG = Logger.getLogger(ActivityTracker.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final RedisFunctions functions;
  private final Map<String, Set<String>> active = new ConcurrentHashMap<>();
  private final AtomicBoolean telling = new AtomicBoolean();
  private long timer;

  ActivityTracker(Vertx vertx, RedisFunctions functions) {
    this.vertx = vertx;
    this.functions = functions;
  }

  @PostConstruct
  void start() {
    timer = vertx.setPeriodic(INTERVAL.toMillis(), _ -> tell());
  }

  @PreDestroy
  void stop() {
    vertx.cancelTimer(timer);
  }

  /// A person has just done something.
  public void of(String tenant, String person) {
    active.compute(
        tenant,
        (_, known) -> {
          Set<String> people = known == null ? ConcurrentHashMap.newKeySet() : known;
          people.add(person);
          return people;
        });
  }

  /// One round at a time: with a Redis that hangs, rounds would take every worker there is. Those
  /// who were active meanwhile are told in the next.
  private void tell() {
    if (active.isEmpty() || !telling.compareAndSet(false, true)) {
      return;
    }
    vertx
        .executeBlocking(
            () -> {
              tellAll();
              return null;
            },
            false)
        .onComplete(_ -> telling.set(false));
  }

  private void tellAll() {
    for (String tenant : Set.copyOf(active.keySet())) {
      Set<String> people = active.remove(tenant);
      if (people != null) {
        tell(tenant, people);
      }
    }
  }

  private void tell(String tenant, Set<String> people) {
    String prefix = "chat:{" + tenant + "}:";
    try {
      functions.call(
          "presence_touch", List.of(prefix + "seen", prefix + "online"), List.copyOf(people));
    } catch (RuntimeException e) {
      LOG.warnf("activity_not_told tenant=%s reason=%s", tenant, e.getMessage());
    }
  }
}
