package com.secureapprove.chat.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// What this gateway alone has counted, for when Redis is not there.
// Caffeine makes this class's name from the cache's settings. Quarkus registers the most common.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.PSAMS")
final class LocalRateLimits {
  private static final int MOST_KEYS = 100_000;

  private final Clock clock;
  private final Cache<String, Deque<Long>> taken =
      Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterAccess(Duration.ofHours(1)).build();

  LocalRateLimits(Clock clock) {
    this.clock = clock;
  }

  /// Takes one; answers 0, or after how many ms there is room again.
  long take(String key, int most, Duration window) {
    Deque<Long> times = taken.get(key, _ -> new ArrayDeque<>());
    long now = clock.millis();
    synchronized (times) {
      while (!times.isEmpty() && times.getFirst() <= now - window.toMillis()) {
        times.removeFirst();
      }
      if (times.size() < most) {
        times.addLast(now);
        return 0;
      }
      return times.isEmpty() ? window.toMillis() : times.getFirst() + window.toMillis() - now;
    }
  }

  /// Takes the newest back.
  void giveBack(String key) {
    Deque<Long> times = taken.getIfPresent(key);
    if (times != null) {
      synchronized (times) {
        times.pollLast();
      }
    }
  }
}
