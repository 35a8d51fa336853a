package com.secureapprove.chat.platform.outage;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Exponential back-off with jitter: each delay is up to twice the one before, until a maximum. Not
/// thread-safe.
public final class Backoff {
  private final Duration first;
  private final Duration max;
  private Duration next;

  /// @param first the first delay
  /// @param max the longest delay
  public Backoff(Duration first, Duration max) {
    this.first = first;
    this.max = max;
    this.next = first;
  }

  /// The next delay, between half of the nominal value and the nominal value.
  public Duration next() {
    long nominal = next.toMillis();
    next = next.multipliedBy(2).compareTo(max) > 0 ? max : next.multipliedBy(2);
    return Duration.ofMillis(
        nominal - ThreadLocalRandom.current().nextLong(Math.max(1, nominal / 2)));
  }

  /// Starts again with the first delay, after a success.
  public void reset() {
    next = first;
  }

  /// Sleeps for the next delay. Returns false if the thread was interrupted, and keeps the
  /// interrupt.
  public boolean pause() {
    try {
      Thread.sleep(next());
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
