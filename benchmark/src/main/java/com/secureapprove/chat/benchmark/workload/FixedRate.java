package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.limit.CommitFloor;
import com.secureapprove.chat.benchmark.load.Run;
import com.secureapprove.chat.benchmark.report.Result;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/// B2: B1's people send at a fixed rate. The floor is a server that commits one row for each
/// message and forwards it.
final class FixedRate implements Workload {
  private static final int RATE = 1_000;
  private static final double FLOOR_RATIO = 3;
  private static final double P50_MILLIS = 5;
  private static final double P99_MILLIS = 25;
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  @Override
  public String id() {
    return "B2";
  }

  @Override
  public String description() {
    return "the people of B1 send at half of its rate, and at 1,000/s";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    int half = Math.max(1, (int) (OneToOne.baseline(run).deliveredPerSecond() / 2));
    measure(run, half, " at half of B1's rate");
    measure(run, RATE, " at 1,000/s");
  }

  private static void measure(BenchRun run, int rate, String suffix) throws Exception {
    run.report().note("B2: %d messages/s".formatted(rate));
    Duration time = run.settings().time();
    Run messages = run.load().paced(run.pairs(), run.counts(), rate, WARM_UP, time);
    Histogram floor =
        CommitFloor.measure(run.stack(), run.load(), run.pairs().size(), rate, WARM_UP, time);
    MessageFigures figures = new MessageFigures(run.report(), "B2", suffix);
    figures.plain("sent", rate, "/s");
    figures.plain("delivered", messages.deliveredPerSecond(), "/s");
    run.report()
        .add(
            Result.noMore(
                "B2", "p50, send to delivery" + suffix, messages.millis(50), "ms", P50_MILLIS));
    run.report()
        .add(
            Result.noMore(
                "B2", "p99, send to delivery" + suffix, messages.millis(99), "ms", P99_MILLIS));
    figures.plain("p50 of the floor", floor.getValueAtPercentile(50) / 1e6, "ms");
    run.report()
        .add(
            Result.atMost(
                "B2",
                "p99, of the floor" + suffix,
                messages.millis(99),
                "ms",
                floor.getValueAtPercentile(99) / 1e6,
                FLOOR_RATIO));
  }
}
