package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.limit.BareServer;
import com.secureapprove.chat.benchmark.load.BenchmarkPerson;
import com.secureapprove.chat.benchmark.load.Counts;
import com.secureapprove.chat.benchmark.load.Run;
import com.secureapprove.chat.benchmark.report.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// B3: one group of 1,000 connected people with 5 senders. The limit is a bare Vert.x server that
/// broadcasts the same frame, measured in turn.
final class LargeGroup implements Workload {
  private static final String TENANT = "group";
  private static final int MEMBERS = 1_000;
  private static final int SENDERS = 5;
  private static final int CONNECTING = 16;
  private static final double RATIO = 0.85;

  @Override
  public String id() {
    return "B3";
  }

  @Override
  public String description() {
    return "one group of 1,000 connected people with 5 senders";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    run.report().note("B3: connecting 1,000 people");
    Counts counts = Counts.fresh();
    List<String> ids = run.stack().people(TENANT, MEMBERS);
    String group = run.stack().group(TENANT, 0, ids.subList(1, MEMBERS));
    List<BenchmarkPerson> people =
        IntStream.range(0, MEMBERS).mapToObj(i -> run.load().person(TENANT, i, counts)).toList();
    run.load().connect(people, run.stack().gateway(), CONNECTING);
    Duration time = run.settings().time();
    List<Run> rounds = new ArrayList<>();
    List<BareServer.Broadcast> limits = new ArrayList<>();
    for (int round = 0; round < run.settings().rounds(); round++) {
      run.report().note("B3: round %d".formatted(round + 1));
      Duration warmUp = Duration.ofSeconds(round == 0 ? 10 : 3);
      rounds.add(
          run.load()
              .group(
                  group,
                  people.subList(0, SENDERS),
                  counts,
                  warmUp,
                  () -> run.profiled(id(), () -> Thread.sleep(time))));
      limits.add(
          BareServer.broadcast(
              run.load().client(), MEMBERS, SENDERS, run.settings().warmUp(), time));
    }
    run.load().disconnect(people);
    report(run, Rounds.together(rounds), limits);
  }

  private void report(BenchRun run, Run all, List<BareServer.Broadcast> limits) {
    double bare = limits.stream().mapToDouble(BareServer.Broadcast::perSecond).average().orElse(0);
    double bareMicros =
        limits.stream().mapToDouble(BareServer.Broadcast::cpuMicros).average().orElse(0);
    MessageFigures figures = new MessageFigures(run.report(), id());
    run.report()
        .add(Result.atLeast(id(), "deliveries", all.deliveredPerSecond(), "/s", bare, RATIO));
    figures.plain(
        "deliveries of the bare server, spread of the rounds",
        Rounds.spreadPercent(
            limits.stream().mapToDouble(BareServer.Broadcast::perSecond).toArray()),
        "%");
    figures.plain("messages acknowledged", all.ackedPerSecond(), "/s");
    figures.plain("refused", (double) all.refused(), "");
    run.report()
        .add(
            Result.beside(
                id(),
                "CPU a delivery, gateway beside the bare server",
                all.cpuMicros("gateway", all.delivered()),
                "µs",
                bareMicros));
    figures.plain("CPU a delivery", all.cpuMicros(all.delivered()), "µs");
    figures.cpuByProcess("CPU a delivery", all, all.delivered());
    figures.latencies(all);
  }
}
