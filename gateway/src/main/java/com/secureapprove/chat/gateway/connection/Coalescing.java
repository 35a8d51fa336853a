package com.secureapprove.chat.gateway.connection;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Coalesces the work of one connection: one work runs at a time, and all work of a key that waits
/// becomes one. So a burst of frames costs as many calls as it has keys, not as many as it has
/// frames. On the socket's event loop.
final class Coalescing {
  /// Maximum number of keys that wait.
  private static final int MAX_KEYS = 1_000;

  private final Vertx vertx;
  private final BooleanSupplier isOpen;
  private final Consumer<Future<?>> tracker;
  private final Map<Object, CoalescedWork> waiting = new LinkedHashMap<>();
  private boolean isBusy;

  /// @param isOpen whether work that would have to wait longer still matters
  /// @param tracker receives the future of each work that starts
  Coalescing(Vertx vertx, BooleanSupplier isOpen, Consumer<Future<?>> tracker) {
    this.vertx = vertx;
    this.isOpen = isOpen;
    this.tracker = tracker;
  }

  boolean run(Object key, CoalescedWork work, Supplier<Duration> pace) {
    if (waiting.size() >= MAX_KEYS && !waiting.containsKey(key)) {
      return false;
    }
    waiting.merge(key, work, CoalescedWork::with);
    startNext(pace);
    return true;
  }

  private void startNext(Supplier<Duration> pace) {
    if (isBusy || waiting.isEmpty()) {
      return;
    }
    Duration delay = pace.get();
    if (delay.isZero()) {
      isBusy = true;
      Iterator<CoalescedWork> oldest = waiting.values().iterator();
      CoalescedWork work = oldest.next();
      oldest.remove();
      tracker.accept(work.start().onComplete(_ -> continueWith(pace)));
    } else if (isOpen.getAsBoolean()) {
      isBusy = true;
      vertx.setTimer(Math.max(1, delay.toMillis()), _ -> continueWith(pace));
    } else {
      waiting.clear();
    }
  }

  private void continueWith(Supplier<Duration> pace) {
    isBusy = false;
    startNext(pace);
  }
}
