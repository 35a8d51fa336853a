package com.secureapprove.chat.benchmark.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// CPU time of processes, each with its children (PostgreSQL runs one process for each connection).
public final class CpuMeter {
  private static final Pattern COMPILER = Pattern.compile("^C[12] Compiler");
  private static final int USER_TIME = 11;
  private static final int MILLIS_PER_TICK = 10;

  private final Supplier<Map<String, ProcessHandle>> processes;
  private Map<String, Duration> start = Map.of();
  private Duration compilersAtStart = Duration.ZERO;

  /// @param processes the processes to measure, by name; asked at each reading
  public CpuMeter(Supplier<Map<String, ProcessHandle>> processes) {
    this.processes = processes;
  }

  /// Begins to measure.
  public void start() {
    start = now();
    compilersAtStart = compilersNow();
  }

  /// CPU time that the just-in-time compilers of all JVMs have used since [#start]. It falls to
  /// nothing while a JVM warms up. Zero on systems without `/proc`.
  public Duration compilers() {
    return compilersNow().minus(compilersAtStart);
  }

  private Duration compilersNow() {
    long ticks = 0;
    for (ProcessHandle process : processes.get().values()) {
      Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
      try (Stream<Path> each = Files.isDirectory(threads) ? Files.list(threads) : Stream.empty()) {
        ticks += each.mapToLong(CpuMeter::compilerTicks).sum();
      } catch (IOException _) {
        // the process has ended
      }
    }
    return Duration.ofMillis(ticks * MILLIS_PER_TICK);
  }

  /// The CPU time of a thread if it is a compiler's; see proc(5), `/proc/pid/stat`.
  private static long compilerTicks(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      if (!COMPILER.matcher(name).find()) {
        return 0;
      }
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
    } catch (IOException _) {
      return 0; // the thread has ended
    }
  }

  /// CPU time used by each process since [#start].
  public Map<String, Duration> used() {
    Map<String, Duration> used = new LinkedHashMap<>();
    now().forEach((name, total) -> used.put(name, total.minus(start.getOrDefault(name, total))));
    return used;
  }

  /// CPU time used by all processes together since [#start].
  public Duration total() {
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
