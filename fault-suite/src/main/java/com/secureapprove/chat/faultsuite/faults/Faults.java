package com.secureapprove.chat.faultsuite.faults;

import com.secureapprove.chat.localstack.process.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Does one harm after the other, some at the same time, but never two to the same target.
public final class Faults {

  private static final int AT_THE_SAME_TIME = 3;

  private final Harm harm;
  private final Schedule schedule;
  private final Duration meanGap;
  private final Consumer<String> tell;
  private final Map<String, Semaphore> targetsFree = new HashMap<>();
  private final Map<Fault.Kind, Integer> done = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  /// @param tell receives each fault
  public Faults(Targets targets, long seed, Duration meanGap, Consumer<String> tell) {
    this(
        targets::carryOut,
        new Schedule(targets.services(), targets.gateways(), targets.hasDisk(), seed),
        meanGap,
        tell);
  }

  Faults(Harm harm, Schedule schedule, Duration meanGap, Consumer<String> tell) {
    this.harm = harm;
    this.schedule = schedule;
    this.meanGap = meanGap;
    this.tell = tell;
  }

  /// Does it and undoes it.
  interface Harm {
    void carryOut(Fault fault, Consumer<String> tell) throws IOException;
  }

  /// Injects faults for a time, and returns when all have ended. A fault waits while its target is
  /// harmed already or too many faults are active; the times of later faults do not change.
  public void run(Duration time) {
    long due = System.nanoTime();
    long end = due + time.toNanos();
    Semaphore room = new Semaphore(AT_THE_SAME_TIME);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 1; ; number++) {
        due += schedule.gap(number, meanGap).toNanos();
        Waiting.pause(Duration.ofNanos(Math.max(0, Math.min(due, end) - System.nanoTime())));
        if (due >= end) {
          return;
        }
        Fault fault = schedule.fault(number);
        Semaphore target = targetsFree.computeIfAbsent(fault.target(), _ -> new Semaphore(1));
        acquire(target, "%d waits: %s is being harmed".formatted(number, fault.target()));
        acquire(room, "%d waits: enough is being harmed".formatted(number));
        if (System.nanoTime() >= end) {
          return;
        }
        String words = "%d: %s".formatted(number, fault);
        threads.execute(() -> {
          carryOut(fault, words);
          target.release();
          room.release();
        });
      }
    }
  }

  private void acquire(Semaphore place, String otherwise) {
    if (place.tryAcquire()) {
      return;
    }
    tell.accept(otherwise);
    try {
      place.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private void carryOut(Fault fault, String words) {
    tell.accept(words);
    try {
      harm.carryOut(fault, what -> tell.accept("%s, and then: %s".formatted(words, what)));
      synchronized (done) {
        done.merge(fault.kind(), 1, Integer::sum);
      }
    } catch (IOException | RuntimeException problem) {
      tell.accept("%s, and then: %s".formatted(words, problem));
      synchronized (done) {
        failures.add("%s: %s".formatted(words, problem));
      }
    }
  }

  /// The number of faults of each kind.
  public Map<Fault.Kind, Integer> done() {
    synchronized (done) {
      return new TreeMap<>(done);
    }
  }

  /// The faults that could not be ended.
  public List<String> failures() {
    synchronized (done) {
      return List.copyOf(failures);
    }
  }
}
