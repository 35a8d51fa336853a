package com.secureapprove.chat.faultsuite.faults;

import com.secureapprove.chat.localstack.process.Polling;
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

/// Injects faults, some of them concurrently, but never two into the same target.
public final class FaultInjector implements Disruption {

  private static final int MAX_CONCURRENT = 3;

  private final Injection injection;
  private final FaultSchedule schedule;
  private final Duration meanGap;
  private final Consumer<String> log;
  private final Map<String, Semaphore> targetsFree = new HashMap<>();
  private final Map<Fault.Kind, Integer> injected = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  /// @param log receives each fault
  public FaultInjector(FaultTargets targets, long seed, Duration meanGap, Consumer<String> log) {
    this(
        targets::inject,
        new FaultSchedule(targets.services(), targets.gateways(), targets.hasDisk(), seed),
        meanGap,
        log);
  }

  FaultInjector(
      Injection injection, FaultSchedule schedule, Duration meanGap, Consumer<String> log) {
    this.injection = injection;
    this.schedule = schedule;
    this.meanGap = meanGap;
    this.log = log;
  }

  /// Injects a fault and ends it.
  interface Injection {
    void inject(Fault fault, Consumer<String> log) throws IOException;
  }

  /// Injects faults for a time, and returns when all have ended. A fault waits while its target is
  /// faulty already or too many faults are active; the times of later faults do not change.
  @Override
  public void run(Duration time) {
    long due = System.nanoTime();
    long end = due + time.toNanos();
    Semaphore permits = new Semaphore(MAX_CONCURRENT);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 1; ; number++) {
        due += schedule.gap(number, meanGap).toNanos();
        Polling.pause(Duration.ofNanos(Math.max(0, Math.min(due, end) - System.nanoTime())));
        if (due >= end) {
          return;
        }
        Fault fault = schedule.fault(number);
        Semaphore target = targetsFree.computeIfAbsent(fault.target(), _ -> new Semaphore(1));
        acquire(target, "%d waits: %s is faulty already".formatted(number, fault.target()));
        acquire(permits, "%d waits: too many faults are active".formatted(number));
        if (System.nanoTime() >= end) {
          return;
        }
        String words = "%d: %s".formatted(number, fault);
        threads.execute(() -> {
          inject(fault, words);
          target.release();
          permits.release();
        });
      }
    }
  }

  private void acquire(Semaphore permit, String reason) {
    if (permit.tryAcquire()) {
      return;
    }
    log.accept(reason);
    try {
      permit.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private void inject(Fault fault, String words) {
    log.accept(words);
    try {
      injection.inject(fault, what -> log.accept("%s; %s".formatted(words, what)));
      synchronized (injected) {
        injected.merge(fault.kind(), 1, Integer::sum);
      }
    } catch (IOException | RuntimeException problem) {
      log.accept("%s; %s".formatted(words, problem));
      synchronized (injected) {
        failures.add("%s: %s".formatted(words, problem));
      }
    }
  }

  @Override
  public Map<Fault.Kind, Integer> injected() {
    synchronized (injected) {
      return new TreeMap<>(injected);
    }
  }

  @Override
  public List<String> failures() {
    synchronized (injected) {
      return List.copyOf(failures);
    }
  }
}
