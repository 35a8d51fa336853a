package com.secureapprove.chat.benchmark.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Runs asynchronous work on a list, with at most a fixed number in flight.
public final class InFlight<T> {
  private final List<T> items;
  private final Function<T, Future<?>> work;
  private final Promise<Void> done = Promise.promise();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger left;

  private InFlight(List<T> items, Function<T, Future<?>> work) {
    this.items = items;
    this.work = work;
    this.left = new AtomicInteger(items.size());
  }

  /// Completes when all work has succeeded. Fails with the first failure, and starts no further
  /// work then.
  public static <T> Future<Void> run(List<T> items, int atOnce, Function<T, Future<?>> work) {
    if (items.isEmpty()) {
      return Future.succeededFuture();
    }
    InFlight<T> running = new InFlight<>(items, work);
    for (int i = 0; i < Math.min(atOnce, items.size()); i++) {
      running.startNext();
    }
    return running.done.future();
  }

  private void startNext() {
    int index = next.getAndIncrement();
    if (index >= items.size() || done.future().failed()) {
      return;
    }
    work.apply(items.get(index))
        .onSuccess(_ -> {
          if (left.decrementAndGet() == 0) {
            done.tryComplete();
          } else {
            startNext();
          }
        })
        .onFailure(done::tryFail);
  }
}
