package com.secureapprove.chat.gateway.socket;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/// Lets so much work go on at the same time and so much more wait for it, in the order in which it
/// came. Safe for several threads.
final class Turnstile {
  private final int inside;
  private final int waiting;
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private int busy;

  Turnstile(int inside, int waiting) {
    this.inside = inside;
    this.waiting = waiting;
  }

  /// Does the work when its turn comes, on whatever thread ends the work before it; nothing where
  /// too much waits already.
  ///
  /// @return whether the work will be done
  boolean pass(Supplier<Future<?>> work) {
    synchronized (this) {
      if (busy >= inside) {
        return queue.size() < waiting && queue.add(() -> run(work));
      }
      busy++;
    }
    run(work);
    return true;
  }

  private void run(Supplier<Future<?>> work) {
    work.get().onComplete(_ -> next());
  }

  private void next() {
    Runnable next;
    synchronized (this) {
      next = queue.poll();
      if (next == null) {
        busy--;
        return;
      }
    }
    next.run();
  }
}
