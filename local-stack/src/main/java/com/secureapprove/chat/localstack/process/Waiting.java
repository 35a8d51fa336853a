package com.secureapprove.chat.localstack.process;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// Waits for conditions by polling, with a time-out.
public final class Waiting {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private Waiting() {}

  /// Waits for a condition.
  ///
  /// @return whether it became true within `patience`
  /// @throws CancellationException if the thread is interrupted
  public static boolean until(Duration patience, BooleanSupplier so) {
    return until(patience, BETWEEN_LOOKS, so);
  }

  /// Waits for a condition that is expensive to check.
  ///
  /// @param betweenLooks the time between two checks
  /// @return whether it became true within `patience`
  /// @throws CancellationException if the thread is interrupted
  public static boolean until(Duration patience, Duration betweenLooks, BooleanSupplier so) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause(betweenLooks);
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
