package com.secureapprove.chat.gateway.limits;

import java.util.HashMap;
import java.util.Map;

/// How many places each has taken. Safe for several threads.
public final class Permits<K> {
  private final Map<K, Integer> taken = new HashMap<>();

  /// Takes a place, unless there are as many taken as may be.
  public synchronized boolean take(K key, int most) {
    int now = taken.getOrDefault(key, 0);
    if (now >= most) {
      return false;
    }
    taken.put(key, now + 1);
    return true;
  }

  public synchronized void giveBack(K key) {
    taken.computeIfPresent(key, (_, now) -> now > 1 ? now - 1 : null);
  }
}
