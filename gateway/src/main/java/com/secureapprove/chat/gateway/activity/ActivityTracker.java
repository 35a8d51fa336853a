package com.secureapprove.chat.gateway.activity;

import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.platform.redis.RedisKeys;
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

/// Collects the people who were active and reports them to Redis once a second, in one call per
/// tenant. A failed report is not retried: the next activity of the person repairs it. Thread-safe.
@Startup
@Singleton
public class ActivityTracker {
  private static final Logger LOG = Logger.getLogger(ActivityTracker.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final RedisFunctions functions;
  private final Map<String, Set<String>> activePeople = new ConcurrentHashMap<>();
  private final AtomicBoolean reporting = new AtomicBoolean();
  private long timer;

  ActivityTracker(Vertx vertx, RedisFunctions functions) {
    this.vertx = vertx;
    this.functions = functions;
  }

  @PostConstruct
  void start() {
    timer = vertx.setPeriodic(INTERVAL.toMillis(), _ -> report());
  }

  @PreDestroy
  void stop() {
    vertx.cancelTimer(timer);
  }

  /// Records that the person is active now.
  public void active(String tenant, String person) {
    activePeople.compute(
        tenant,
        (_, known) -> {
          Set<String> people = known == null ? ConcurrentHashMap.newKeySet() : known;
          people.add(person);
          return people;
        });
  }

  /// Only one report runs at a time. Otherwise a Redis that does not answer would block all worker
  /// threads.
  private void report() {
    if (activePeople.isEmpty() || !reporting.compareAndSet(false, true)) {
      return;
    }
    vertx
        .executeBlocking(
            () -> {
              reportAll();
              return null;
            },
            false)
        .onComplete(_ -> reporting.set(false));
  }

  private void reportAll() {
    for (String tenant : Set.copyOf(activePeople.keySet())) {
      Set<String> people = activePeople.remove(tenant);
      if (people != null) {
        report(tenant, people);
      }
    }
  }

  private void report(String tenant, Set<String> people) {
    try {
      functions.call(
          "presence_touch",
          List.of(RedisKeys.seen(tenant), RedisKeys.online(tenant)),
          List.copyOf(people));
    } catch (RuntimeException e) {
      LOG.warnf("activity_report_failed tenant=%s reason=%s", tenant, Reason.of(e));
    }
  }
}
