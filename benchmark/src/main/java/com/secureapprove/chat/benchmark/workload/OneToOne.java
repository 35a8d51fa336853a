package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.limit.OneRowCommits;
import com.secureapprove.chat.benchmark.load.Run;
import com.secureapprove.chat.benchmark.report.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// B1: 200 people in 100 conversations send as fast as acknowledgements come. The limit is one
/// transaction per message on the same PostgreSQL, measured in turn.
final class OneToOne implements Workload {
  private static final int CLIENTS = 8;

  /// A one-row commit of this length waits for the disk, and not for the CPU.
  private static final double DISK_BOUND_SECONDS = 0.0015;

  private static final double RATIO_WHERE_DISK_BOUND = 1.5;
  private static final double RATIO_WHERE_CPU_BOUND = 0.4;
  private static final double CPU_RATIO = 3;

  @Override
  public String id() {
    return "B1";
  }

  @Override
  public String description() {
    return "200 people in 100 conversations send as fast as acknowledgements come";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    baseline(run);
  }

  /// The run of B1. Measures and reports it unless an earlier workload has.
  static Run baseline(BenchRun run) throws Exception {
    Run known = run.baseline();
    if (known != null) {
      return known;
    }
    Run measured = measure(run, "B1", "");
    run.setBaseline(measured);
    return measured;
  }

  /// Warms up, and measures messages and one-row commits in turn.
  ///
  /// @param suffix for the names of the figures
  static Run measure(BenchRun run, String id, String suffix) throws Exception {
    Duration time = run.settings().time();
    List<Run> rounds = new ArrayList<>();
    List<OneRowCommits.Figures> limits = new ArrayList<>();
    for (int round = 0; round < run.settings().rounds(); round++) {
      run.report().note("%s: round %d".formatted(id, round + 1));
      Duration warmUp = round == 0 ? run.settings().warmUp() : Duration.ofSeconds(3);
      rounds.add(
          run.load()
              .flood(
                  run.pairs(),
                  run.counts(),
                  warmUp,
                  () -> run.profiled(id, () -> Thread.sleep(time))));
      limits.add(OneRowCommits.measure(run.stack(), time.dividedBy(2)));
    }
    Run all = Rounds.together(rounds);
    double commits =
        limits.stream().mapToDouble(OneRowCommits.Figures::perSecond).average().orElse(0);
    double commitMicros =
        limits.stream().mapToDouble(OneRowCommits.Figures::cpuMicros).average().orElse(0);
    double bar =
        CLIENTS / commits >= DISK_BOUND_SECONDS ? RATIO_WHERE_DISK_BOUND : RATIO_WHERE_CPU_BOUND;
    MessageFigures figures = new MessageFigures(run.report(), id, suffix);
    figures.plain("one-row commits", commits, "/s");
    figures.plain("acknowledged", all.ackedPerSecond(), "/s");
    run.report()
        .add(
            Result.atLeast(id, "delivered" + suffix, all.deliveredPerSecond(), "/s", commits, bar));
    if (rounds.size() > 1) {
      figures.plain(
          "delivered, spread of the rounds",
          Rounds.spreadPercent(rounds.stream().mapToDouble(Run::deliveredPerSecond).toArray()),
          "%");
      figures.plain(
          "one-row commits, spread of the rounds",
          Rounds.spreadPercent(
              limits.stream().mapToDouble(OneRowCommits.Figures::perSecond).toArray()),
          "%");
    }
    run.report()
        .add(
            Result.atMost(
                id,
                "CPU a message" + suffix,
                all.cpuMicros(all.acked()),
                "µs",
                commitMicros,
                CPU_RATIO));
    figures.cpuByProcess("CPU a message", all, all.acked());
    figures.plain("refused", (double) all.refused(), "");
    figures.latencies(all);
    return all;
  }
}
