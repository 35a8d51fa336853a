package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.load.Load;
import com.secureapprove.chat.benchmark.load.Run;
import com.secureapprove.chat.benchmark.report.Result;
import com.secureapprove.chat.benchmark.stack.BenchStack;
import com.secureapprove.chat.benchmark.stack.Metrics;
import com.secureapprove.chat.benchmark.stack.ProcessMemory;
import com.secureapprove.chat.benchmark.stack.StorageSizes;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// B10: B1's people at 80 % of its rate for some minutes, with figures for each minute. The limit
/// is the third minute of the same run.
final class Soak implements Workload {
  private static final double SHARE = 0.8;
  private static final int REFERENCE_MINUTE = 3;
  private static final double GROWTH = 1.1;
  private static final double LOSS = 0.9;
  private static final double MEBI = 1 << 20;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  /// @param lag the largest delivery lag that the gateway reported, in seconds
  private record Minute(Run run, double lag) {
    double cpu() {
      return run.cpuMicros(run.acked());
    }

    double postgres() {
      return run.cpuMicros("postgres", run.acked());
    }
  }

  @Override
  public String id() {
    return "B10";
  }

  @Override
  public String description() {
    return "soak: B1 at 80 % of its rate, by minute (--minutes)";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    int rate = Math.max(1, (int) (OneToOne.baseline(run).deliveredPerSecond() * SHARE));
    run.pairs().forEach(pair -> pair.people().forEach(person -> person.onAck(() -> {})));
    Load.NthSend send = Load.inTurn(run.pairs());
    Load.pace(rate, WARM_UP, send);
    List<Minute> minutes = new ArrayList<>();
    for (int minute = 1; minute <= run.settings().minutes(); minute++) {
      Run stretch = run.load().measure(run.counts(), () -> Load.pace(rate, MINUTE, send));
      Minute measured = new Minute(stretch, lag(run.stack()));
      minutes.add(measured);
      points(run, minute, measured);
      run.report()
          .note(
              "B10: minute %d: %.0f/s delivered, p99 %.1f ms, lag %.2f s, %.0f µs a message"
                  .formatted(
                      minute,
                      stretch.deliveredPerSecond(),
                      stretch.millis(99),
                      measured.lag(),
                      measured.cpu()));
    }
    Load.awaitQuiet(run.counts());
    report(run, rate, minutes);
  }

  private void report(BenchRun run, int rate, List<Minute> minutes) throws Exception {
    int reference = minutes.size() > REFERENCE_MINUTE ? REFERENCE_MINUTE : 1;
    Minute first = minutes.get(reference - 1);
    Minute last = minutes.getLast();
    MessageFigures figures = new MessageFigures(run.report(), id());
    figures.plain("minutes", minutes.size(), "");
    figures.plain("minute of the reference", reference, "");
    figures.plain("sent", rate, "/s");
    run.report()
        .add(
            Result.atLeast(
                id(),
                "delivered in the last minute, of the reference",
                last.run().deliveredPerSecond(),
                "/s",
                first.run().deliveredPerSecond(),
                LOSS));
    atMost(
        run,
        "p99 in the last minute, of the reference",
        "ms",
        last.run().millis(99),
        first.run().millis(99));
    atMost(
        run, "CPU a message in the last minute, of the reference", "µs", last.cpu(), first.cpu());
    atMost(
        run,
        "CPU of PostgreSQL a message in the last minute, of the reference",
        "µs",
        last.postgres(),
        first.postgres());
    run.report()
        .add(
            Result.noMore(
                id(),
                "largest delivery lag at the end of a minute",
                minutes.stream().mapToDouble(Minute::lag).max().orElse(0),
                "s",
                2));
    StorageSizes.tables(run.stack())
        .forEach((table, size) -> figures.plain("size of " + table, size / MEBI, "MiB"));
    figures.plain("memory of Redis", StorageSizes.redis(run.stack()) / MEBI, "MiB");
    for (Component component : Component.own()) {
      figures.plain(
          "live heap, " + component.label(),
          ProcessMemory.liveHeap(run.stack().process(component.label())) / MEBI,
          "MiB");
    }
  }

  private void atMost(BenchRun run, String name, String unit, double value, double limit) {
    run.report().add(Result.atMost(id(), name, value, unit, limit, GROWTH));
  }

  private void points(BenchRun run, int minute, Minute measured) throws Exception {
    point(run, "delivered", "/s", minute, measured.run().deliveredPerSecond());
    point(run, "p99, send to delivery", "ms", minute, measured.run().millis(99));
    point(run, "delivery lag", "s", minute, measured.lag());
    point(run, "CPU a message", "µs", minute, measured.cpu());
    point(run, "CPU of PostgreSQL a message", "µs", minute, measured.postgres());
    point(run, "memory of Redis", "MiB", minute, StorageSizes.redis(run.stack()) / MEBI);
    StorageSizes.tables(run.stack())
        .forEach((table, size) -> point(run, "size of " + table, "MiB", minute, size / MEBI));
    for (Component component : Component.own()) {
      String name = component.label();
      point(
          run,
          "resident memory, " + name,
          "MiB",
          minute,
          ProcessMemory.of(run.stack().process(name)).resident() / MEBI);
      Metrics.largest(run.stack(), new Instance(component, 1), "jvm_gc_live_data_size_bytes")
          .ifPresent(live -> point(run, "live heap, " + name, "MiB", minute, live / MEBI));
    }
  }

  private void point(BenchRun run, String name, String unit, int minute, double value) {
    run.report().point(id(), name, unit, "minute", minute, value);
  }

  private static double lag(BenchStack stack) throws Exception {
    return Metrics.largest(stack, new Instance(Component.GATEWAY, 1), "chat_delivery_lag_seconds")
        .orElse(0);
  }
}
