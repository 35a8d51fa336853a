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

/// Coalesces the work of one connection: one work runs at a time, and of the work that waits only
/// that of the highest rank of each key runs. So a burst of frames costs as many calls as it has
/// keys, not as many as it has frames. On the socket's event loop.
final class NewestOnly {
  /// Maximum number of keys that wait.
  private static final int MAX_KEYS = 1_000;

  private record Waiting(String rank, Supplier<Future<?>> work) {
    Waiting orHigher(Waiting other) {
      return other.rank.compareTo(rank) >= 0 ? other : this;
    }
  }

  private final Vertx vertx;
  private final BooleanSupplier isOpen;
  private final Consumer<Future<?>> tracker;
  private final Map<Object, Waiting> waiting = new LinkedHashMap<>();
  private boolean isBusy;

  /// @param isOpen whether work that would have to wait longer still matters
  /// @param tracker receives the future of each work that starts
  NewestOnly(Vertx vertx, BooleanSupplier isOpen, Consumer<Future<?>> tracker) {
    this.vertx = vertx;
    this.isOpen = isOpen;
    this.tracker = tracker;
  }

  boolean run(Object key, String rank, Supplier<Future<?>> work, Supplier<Duration> pace) {
    if (waiting.size() >= MAX_KEYS && !waiting.containsKey(key)) {
      return false;
    }
    waiting.merge(key, new Waiting(rank, work), Waiting::orHigher);
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
      Iterator<Waiting> oldest = waiting.values().iterator();
      Supplier<Future<?>> work = oldest.next().work();
      oldest.remove();
      tracker.accept(work.get().onComplete(_ -> continueWith(pace)));
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
