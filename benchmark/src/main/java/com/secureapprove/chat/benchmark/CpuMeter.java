package com.secureapprove.chat.benchmark;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// CPU time of processes, each with its children (PostgreSQL runs one process for each connection).
final class CpuMeter {
  private final Supplier<Map<String, ProcessHandle>> processes;
  private Map<String, Duration> start = Map.of();

  CpuMeter(Supplier<Map<String, ProcessHandle>> processes) {
    this.processes = processes;
  }

  void start() {
    start = now();
  }

  /// CPU time used by each process since [#start].
  Map<String, Duration> used() {
    Map<String, Duration> used = new LinkedHashMap<>();
    now().forEach((name, total) -> used.put(name, total.minus(start.getOrDefault(name, total))));
    return used;
  }

  /// CPU time used by all processes together since [#start].
  Duration total() {
    return used().values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  private Map<String, Duration> now() {
    Map<String, Duration> now = new LinkedHashMap<>();
    processes.get().forEach((name, process) -> now.put(name, withChildren(process)));
    return now;
  }

  private static Duration withChildren(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
