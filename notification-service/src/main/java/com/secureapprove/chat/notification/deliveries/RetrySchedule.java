package com.secureapprove.chat.notification.deliveries;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a failed delivery is attempted again: exponential back-off with jitter.
final class RetrySchedule {
  private static final int FACTOR = 4;

  private RetrySchedule() {}

  /// The delay after an attempt: between the nominal value and three quarters of it, but not less
  /// than the receiver asked for.
  ///
  /// @param attempt 1 for the first
  static Duration delay(
      DeliveriesConfig config, int attempt, Optional<Duration> retryAfter, RandomGenerator random) {
    Duration nominal = config.firstDelay();
    for (int i = 1; i < attempt && nominal.compareTo(config.maxDelay()) < 0; i++) {
      nominal = nominal.multipliedBy(FACTOR);
    }
    long millis = Math.max(1, min(nominal, config.maxDelay()).toMillis());
    Duration delay = Duration.ofMillis(millis - random.nextLong(millis / 4 + 1));
    Duration asked = min(retryAfter.orElse(Duration.ZERO), config.maxRetryAfter());
    return asked.compareTo(delay) > 0 ? asked : delay;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
