package com.secureapprove.chat.notification.dispatching;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a failed delivery is attempted again: exponential back-off with jitter.
///
/// @param first the delay after the first attempt; each further delay is four times as long
/// @param max the longest delay
/// @param maxRetryAfter the longest delay that a receiver may ask for
public record RetrySchedule(Duration first, Duration max, Duration maxRetryAfter) {
  private static final int FACTOR = 4;

  /// The delay after an attempt: between the nominal value and three quarters of it, but not less
  /// than the receiver asked for.
  ///
  /// @param attempt 1 for the first
  public Duration delay(int attempt, Optional<Duration> retryAfter, RandomGenerator random) {
    Duration nominal = first;
    for (int i = 1; i < attempt && nominal.compareTo(max) < 0; i++) {
      nominal = nominal.multipliedBy(FACTOR);
    }
    long millis = Math.max(1, min(nominal, max).toMillis());
    Duration delay = Duration.ofMillis(millis - random.nextLong(millis / 4 + 1));
    Duration asked = min(retryAfter.orElse(Duration.ZERO), maxRetryAfter);
    return asked.compareTo(delay) > 0 ? asked : delay;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
