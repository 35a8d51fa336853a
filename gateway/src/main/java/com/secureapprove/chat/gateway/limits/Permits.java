package com.secureapprove.chat.gateway.limits;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Limits concurrency by key, such as a person or a tenant: each key has a fixed number of permits.
/// Work without a free permit may wait in the key's queue, first in, first out. Thread-safe.
public final class Permits<K> {
  private static final class Usage {
    private int held;
    private final Deque<Runnable> queue = new ArrayDeque<>();
  }

  private final int permitsPerKey;
  private final int queueLimit;

  /// The keys that have a permit in use.
  private final Map<K, Usage> usages = new HashMap<>();

  /// Permits without a queue.
  public Permits(int permitsPerKey) {
    this(permitsPerKey, 0);
  }

  /// @param queueLimit how much work of each key may wait for a permit
  public Permits(int permitsPerKey, int queueLimit) {
    if (permitsPerKey < 1) {
      throw new IllegalArgumentException("permitsPerKey must be at least 1: " + permitsPerKey);
    }
    this.permitsPerKey = permitsPerKey;
    this.queueLimit = queueLimit;
  }

  /// Takes a permit if one is free. The caller must release it.
  public synchronized boolean tryAcquire(K key) {
    Usage usage = usages.computeIfAbsent(key, _ -> new Usage());
    if (usage.held >= permitsPerKey) {
      return false;
    }
    usage.held++;
    return true;
  }

  /// Returns a permit, or runs the next queued work with it, on the calling thread.
  public void release(K key) {
    Runnable next = releaseOrNext(key);
    if (next != null) {
      next.run();
    }
  }

  private synchronized @Nullable Runnable releaseOrNext(K key) {
    Usage usage = usages.get(key);
    if (usage == null) {
      return null;
    }
    Runnable next = usage.queue.poll();
    if (next == null && --usage.held == 0) {
      usages.remove(key);
    }
    return next;
  }

  /// Runs the work with a permit: immediately if one is free, otherwise when another work of the
  /// key has ended. The permit is released when the future of the work completes.
  ///
  /// @return false if the queue is full; the work is then never run
  public boolean run(K key, Supplier<Future<?>> work) {
    synchronized (this) {
      if (!tryAcquire(key)) {
        Deque<Runnable> queue = Objects.requireNonNull(usages.get(key)).queue;
        return queue.size() < queueLimit && queue.add(() -> start(key, work));
      }
    }
    start(key, work);
    return true;
  }

  private void start(K key, Supplier<Future<?>> work) {
    Future<?> end;
    try {
      end = work.get();
    } catch (RuntimeException e) {
      release(key);
      throw e;
    }
    end.onComplete(_ -> release(key));
  }
}
