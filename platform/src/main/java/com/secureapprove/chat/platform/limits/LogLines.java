package com.secureapprove.chat.platform.limits;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The limit of log lines that clients can cause at any rate: 60 a minute for each key. Meters
/// count what is not logged. Thread-safe.
public final class LogLines {
  private static final int PER_MINUTE = 60;

  private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

  /// Whether a line may be written now.
  ///
  /// @param key one of a bounded number, such as a tenant
  public boolean mayWrite(String key) {
    long now = System.nanoTime();
    return buckets
        .computeIfAbsent(key, _ -> new TokenBucket(PER_MINUTE, Duration.ofMinutes(1), now))
        .tryTake(now);
  }
}
