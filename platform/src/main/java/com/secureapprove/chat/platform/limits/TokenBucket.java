package com.secureapprove.chat.platform.limits;

import java.time.Duration;

/// A local rate limit: a bucket of tokens that refills at a constant rate. A client that was idle
/// may use the whole bucket in a burst, and then the rate. Thread-safe.
public final class TokenBucket {
  private final double capacity;
  private final double tokensPerNano;
  private double tokens;
  private long refilledAt;

  /// A full bucket.
  ///
  /// @param capacity the largest burst
  /// @param fillTime how long an empty bucket takes to fill up
  /// @param now as of [System#nanoTime()], as in all methods
  public TokenBucket(int capacity, Duration fillTime, long now) {
    this.capacity = capacity;
    this.tokensPerNano = capacity / (double) fillTime.toNanos();
    this.tokens = capacity;
    this.refilledAt = now;
  }

  /// Takes tokens, all or none.
  ///
  /// @param wanted how many; more than the capacity counts as the capacity
  /// @return zero if they were taken, otherwise how long it takes until there are as many
  public synchronized Duration take(long now, int wanted) {
    double needed = Math.min(wanted, capacity);
    if (now - refilledAt > 0) {
      tokens = Math.min(capacity, tokens + (now - refilledAt) * tokensPerNano);
      refilledAt = now;
    }
    if (tokens < needed) {
      return Duration.ofNanos((long) Math.ceil((needed - tokens) / tokensPerNano));
    }
    tokens -= needed;
    return Duration.ZERO;
  }

  /// Takes a token if there is one.
  public boolean tryTake(long now) {
    return take(now, 1).isZero();
  }

  /// Returns a token that was taken.
  public synchronized void giveBack() {
    tokens = Math.min(capacity, tokens + 1);
  }
}
