package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.load.Counts;
import com.secureapprove.chat.benchmark.load.Pair;
import com.secureapprove.chat.benchmark.load.Run;
import com.secureapprove.chat.benchmark.report.Result;
import java.time.Duration;
import java.util.List;

/// B1t: B1 with 100 tenants of one conversation each.
final class ManyTenants implements Workload {
  private static final int TENANTS = 100;
  private static final double RATIO = 0.7;

  @Override
  public String id() {
    return "B1t";
  }

  @Override
  public String description() {
    return "B1 with 100 tenants of one conversation each";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    double rate = OneToOne.baseline(run).deliveredPerSecond();
    Counts counts = Counts.fresh();
    List<Pair> pairs = run.load().pairs("tenant", TENANTS, 1, counts);
    Run messages =
        run.load()
            .flood(
                pairs, counts, Duration.ofSeconds(10), () -> Thread.sleep(run.settings().time()));
    run.load().disconnect(pairs.stream().flatMap(pair -> pair.people().stream()).toList());
    MessageFigures figures = new MessageFigures(run.report(), id());
    figures.plain("acknowledged", messages.ackedPerSecond(), "/s");
    run.report()
        .add(Result.atLeast(id(), "delivered", messages.deliveredPerSecond(), "/s", rate, RATIO));
    figures.plain("CPU a message", messages.cpuMicros(messages.acked()), "µs");
    figures.cpuByProcess("CPU a message", messages, messages.acked());
    figures.plain("refused", (double) messages.refused(), "");
    figures.latencies(messages);
  }
}
