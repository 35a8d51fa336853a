package com.secureapprove.chat.systemtests.chaos.faults;

import com.secureapprove.chat.localstack.process.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Does one harm after the other, some at the same time, but never two to the same target.
public final class Faults {

  private static final int AT_THE_SAME_TIME = 3;

  private final Targets targets;
  private final Schedule schedule;
  private final Duration meanGap;
  private final Consumer<String> tell;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final Map<Fault.Kind, Integer> done = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  /// @param tell is told of each
  public Faults(Targets targets, long seed, Duration meanGap, Consumer<String> tell) {
    this.targets = targets;
    this.schedule = new Schedule(targets.services(), targets.gateways(), targets.hasDisk(), seed);
    this.meanGap = meanGap;
    this.tell = tell;
  }

  /// Goes on for that long, and returns when all is mended.
  public void run(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Semaphore room = new Semaphore(AT_THE_SAME_TIME);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (System.nanoTime() < end) {
        Waiting.pause(schedule.gap(meanGap));
        Fault fault = schedule.next();
        while (!busy.add(fault.target())) {
          fault = schedule.next();
        }
        acquire(room);
        Fault next = fault;
        threads.execute(() -> {
          carryOut(next);
          busy.remove(next.target());
          room.release();
        });
      }
    }
  }

  private static void acquire(Semaphore room) {
    try {
      room.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private void carryOut(Fault fault) {
    tell.accept(fault.toString());
    try {
      targets.carryOut(fault);
      synchronized (done) {
        done.merge(fault.kind(), 1, Integer::sum);
      }
    } catch (IOException | RuntimeException problem) {
      tell.accept("%s, and then: %s".formatted(fault, problem));
      synchronized (done) {
        failures.add("%s: %s".formatted(fault, problem));
      }
    }
  }

  /// How often what was done.
  public Map<Fault.Kind, Integer> done() {
    synchronized (done) {
      return new TreeMap<>(done);
    }
  }

  /// What could not be mended.
  public List<String> failures() {
    synchronized (done) {
      return List.copyOf(failures);
    }
  }
}
