package com.secureapprove.chat.localstack.process;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// Waiting for what nobody tells: looking again and again, never for ever.
public final class Waiting {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private Waiting() {}

  /// Waits until something is so.
  ///
  /// @return whether it was so within `patience`
  /// @throws CancellationException when the thread is interrupted meanwhile
  public static boolean until(Duration patience, BooleanSupplier so) {
    return until(patience, BETWEEN_LOOKS, so);
  }

  /// Waits until something is so that is dear to ask for.
  ///
  /// @param betweenLooks how long to wait before asking again
  /// @return whether it was so within `patience`
  /// @throws CancellationException when the thread is interrupted meanwhile
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

  /// Lets some time pass.
  ///
  /// @throws CancellationException when the thread is interrupted meanwhile
  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting");
    }
  }
}
