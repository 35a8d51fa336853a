package com.secureapprove.chat.localstack.process;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// Waits for conditions by polling, with a time-out.
public final class Polling {

  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Polling() {}

  /// Waits for a condition.
  ///
  /// @return whether it became true within `patience`
  /// @throws CancellationException if the thread is interrupted
  public static boolean until(Duration patience, BooleanSupplier condition) {
    return until(patience, INTERVAL, condition);
  }

  /// Waits for a condition that is expensive to check.
  ///
  /// @param interval the time between two checks
  /// @return whether it became true within `patience`
  /// @throws CancellationException if the thread is interrupted
  public static boolean until(Duration patience, Duration interval, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause(interval);
    }
    return true;
  }

  /// Pauses the thread.
  ///
  /// @throws CancellationException if the thread is interrupted
  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting");
    }
  }
}
