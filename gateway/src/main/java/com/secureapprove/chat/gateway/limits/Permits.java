package com.secureapprove.chat.gateway.limits;

import java.util.HashMap;
import java.util.Map;

/// Limits concurrency by key, such as a person or a tenant: each key has a fixed number of permits.
/// Thread-safe.
public final class Permits<K> {
  private final int permitsPerKey;

  /// The number of held permits of each key that has any.
  private final Map<K, Integer> held = new HashMap<>();

  public Permits(int permitsPerKey) {
    if (permitsPerKey < 1) {
      throw new IllegalArgumentException("permitsPerKey must be at least 1: " + permitsPerKey);
    }
    this.permitsPerKey = permitsPerKey;
  }

  /// Takes a permit if one is free. The caller must release it.
  public synchronized boolean tryAcquire(K key) {
    if (held.getOrDefault(key, 0) >= permitsPerKey) {
      return false;
    }
    held.merge(key, 1, Integer::sum);
    return true;
  }

  /// Returns a permit.
  public synchronized void release(K key) {
    held.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
  }
}
