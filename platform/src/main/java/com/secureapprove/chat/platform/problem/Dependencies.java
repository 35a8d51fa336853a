package com.secureapprove.chat.platform.problem;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Logs when a dependency becomes unavailable and when it is available again: one line per change,
/// not one per failed call. Thread-safe.
@Singleton
public class Dependencies {
  private static final Logger LOG = Logger.getLogger(Dependencies.class);

  /// The name of the component's database.
  public static final String DATABASE = "database";

  /// The name of Redis.
  public static final String REDIS = "redis";

  /// A dependency counts as available after a successful call without a failure for this long. Some
  /// calls may still succeed during an outage.
  private static final Duration QUIET = Duration.ofSeconds(5);

  /// A call of a dependency failed. Observers run on the thread of the call.
  public record Failed(String dependency, Throwable cause) {}

  /// From the first failure to the latest, in nanoseconds.
  private record Period(long since, long latest) {}

  private final ConcurrentMap<String, Period> outages = new ConcurrentHashMap<>();
  private final Event<Failed> failures;

  Dependencies(Event<Failed> failures) {
    this.failures = failures;
  }

  /// Records a call that failed because the dependency is unavailable.
  public void failed(String dependency, Throwable cause) {
    failed(dependency, Outage.reason(cause));
    failures.fire(new Failed(dependency, cause));
  }

  /// Records a call that failed because the dependency is unavailable, without an exception.
  public void failed(String dependency, String reason) {
    long now = System.nanoTime();
    Period outage =
        outages.merge(
            dependency, new Period(now, now), (known, _) -> new Period(known.since(), now));
    if (outage.since() == now) {
      LOG.warnf("dependency_unavailable dependency=%s reason=%s", dependency, reason);
    }
  }

  /// Records a call that the dependency answered.
  public void answered(String dependency) {
    if (outages.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    @Nullable Period outage = outages.get(dependency);
    if (outage != null
        && now - outage.latest() >= QUIET.toNanos()
        && outages.remove(dependency, outage)) {
      LOG.warnf(
          "dependency_available dependency=%s unavailable_for=%ds",
          dependency, Duration.ofNanos(now - outage.since()).toSeconds());
    }
  }
}
