package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.load.Counts;
import com.secureapprove.chat.benchmark.load.Load;
import com.secureapprove.chat.benchmark.load.Pair;
import com.secureapprove.chat.benchmark.load.Run;
import com.secureapprove.chat.benchmark.report.Report;
import com.secureapprove.chat.benchmark.stack.BenchStack;
import com.secureapprove.chat.benchmark.stack.Profiler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the workloads of one run share: the stack, the load generator, the 200 people of B1, and
/// the rate that B1 reached. Starts the stack when the first workload needs it. For one thread.
public final class BenchRun implements AutoCloseable {
  private static final int PAIRS = 100;

  private final Settings settings;
  private final Report report;
  private final Counts counts = Counts.fresh();
  private @Nullable BenchStack stack;
  private @Nullable Load load;
  private List<Pair> pairs = List.of();
  private @Nullable Run baseline;

  /// @param report what the workloads add their figures to
  public BenchRun(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  Settings settings() {
    return settings;
  }

  Report report() {
    return report;
  }

  BenchStack stack() {
    BenchStack running = stack;
    if (running == null) {
      report.note("starting the stack");
      running = new BenchStack(1);
      stack = running;
    }
    return running;
  }

  Load load() {
    Load existing = load;
    if (existing == null) {
      existing = new Load(stack());
      load = existing;
    }
    return existing;
  }

  /// Replaces the stack by an empty one with some gateways. No person is connected then.
  BenchStack freshStack(int gateways) {
    close();
    report.note("starting a new stack with %d gateways".formatted(gateways));
    BenchStack started = new BenchStack(gateways);
    stack = started;
    return started;
  }

  /// The 100 pairs of B1, connected.
  List<Pair> pairs() throws Exception {
    if (pairs.isEmpty()) {
      report.note("connecting 200 people");
      pairs = load().pairs("bench", 1, PAIRS, counts);
    }
    return pairs;
  }

  /// What the people of the pairs have counted.
  Counts counts() {
    return counts;
  }

  /// Restarts all services and gateways, and connects the pairs again.
  void restart() throws Exception {
    disconnectPairs();
    report.note("restarting all components");
    stack().restart();
    pairs();
  }

  /// Closes the connections of the pairs. The next call of [#pairs] opens them again.
  void disconnectPairs() {
    if (load != null) {
      load.disconnect(new ArrayList<>(pairs.stream().flatMap(p -> p.people().stream()).toList()));
    }
    pairs = List.of();
  }

  /// The run of B1, which other workloads are compared with; null before B1 was measured.
  @Nullable Run baseline() {
    return baseline;
  }

  /// Keeps the run of B1.
  void setBaseline(Run measured) {
    baseline = measured;
  }

  /// Does work, and draws flame graphs of it if the settings want them.
  void profiled(String label, Report.Work work) throws Exception {
    if (settings.profiles() == null) {
      work.run();
      return;
    }
    Profiler profiler = new Profiler(stack(), settings.profiles());
    profiler.start();
    work.run();
    profiler.stop(label).forEach(graph -> report.note("flame graph " + graph));
  }

  @Override
  public void close() {
    if (load != null) {
      load.close();
      load = null;
    }
    if (stack != null) {
      stack.close();
      stack = null;
    }
    pairs = List.of();
  }
}
