package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.load.Run;
import com.secureapprove.chat.benchmark.report.Result;
import com.secureapprove.chat.benchmark.stack.AotComponents;
import com.secureapprove.chat.benchmark.stack.ProcessMemory;
import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// B9: process start to readiness of each component, its memory then, and the first 30 seconds of
/// B1 after a start.
final class ColdStart implements Workload {
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final double RATIO = 0.5;
  private static final double CACHED_RATIO = 0.5;
  private static final double MEBI = 1 << 20;

  @Override
  public String id() {
    return "B9";
  }

  @Override
  public String description() {
    return "start to readiness, memory, and the first 30 s of B1 after a start";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    double warm = OneToOne.baseline(run).deliveredPerSecond();
    Stack stack = run.stack().stack();
    try (AotComponents cached = new AotComponents(run.stack(), Checkout.current().root())) {
      run.disconnectPairs();
      Component.own().forEach(stack::stop);
      Map<Component, Double> plain = new EnumMap<>(Component.class);
      for (Component component : Component.own()) {
        run.report().note("B9: starting " + component.label());
        plain.put(component, start(run, component));
      }
      firstSeconds(run, "JVM", warm);
      run.disconnectPairs();
      Component.own().forEach(stack::stop);
      withCache(run, cached, plain, warm);
    }
    Component.own().forEach(stack::start);
  }

  /// Starts a component in the stack. Returns the seconds until it was ready.
  private double start(BenchRun run, Component component) throws IOException {
    long begin = System.nanoTime();
    run.stack().stack().start(component);
    double seconds = (System.nanoTime() - begin) / 1e9;
    run.report().plain(id(), "JVM, start to readiness, " + component.label(), seconds, "s");
    memory(run, "JVM", component, run.stack().process(component.label()));
    return seconds;
  }

  private void memory(BenchRun run, String mode, Component component, ProcessHandle process)
      throws IOException {
    ProcessMemory memory = ProcessMemory.of(process);
    double cpu = process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    String suffix = ", " + component.label();
    run.report().plain(id(), mode + ", CPU of the start" + suffix, cpu, "s");
    run.report()
        .plain(
            id(), mode + ", resident memory after start" + suffix, memory.resident() / MEBI, "MiB");
    run.report()
        .plain(
            id(),
            mode + ", anonymous memory after start" + suffix,
            memory.anonymous() / MEBI,
            "MiB");
  }

  private void firstSeconds(BenchRun run, String mode, double warm) throws Exception {
    run.report().note("B9: the first 30 s of B1, " + mode);
    Run first =
        run.load().flood(run.pairs(), run.counts(), Duration.ZERO, () -> Thread.sleep(FIRST));
    run.report()
        .add(
            Result.atLeast(
                id(),
                mode + ", delivered in the first 30 s, of B1",
                first.deliveredPerSecond(),
                "/s",
                warm,
                RATIO));
    run.report()
        .add(
            Result.noMore(
                id(), mode + ", refused in the first 30 s", (double) first.refused(), "", 0));
    run.report().plain(id(), mode + ", p99 in the first 30 s", first.millis(99), "ms");
  }

  /// Records caches during a stretch of B1, and starts every component with its cache.
  private void withCache(
      BenchRun run, AotComponents cached, Map<Component, Double> plain, double warm)
      throws Exception {
    run.report().note("B9: training run for the caches");
    for (Component component : Component.own()) {
      cached.train(component);
    }
    run.load().flood(run.pairs(), run.counts(), Duration.ZERO, () -> Thread.sleep(FIRST));
    run.disconnectPairs();
    run.report().note("B9: writing the caches");
    cached.stop();
    for (Component component : Component.own()) {
      double seconds = cached.startCached(component);
      run.report()
          .add(
              Result.atMost(
                  id(),
                  "AOT cache, start to readiness, " + component.label(),
                  seconds,
                  "s",
                  plain.getOrDefault(component, seconds),
                  CACHED_RATIO));
      memory(run, "AOT cache", component, cached.process(component));
    }
    firstSeconds(run, "AOT cache", warm);
    run.disconnectPairs();
    cached.stop();
  }
}
