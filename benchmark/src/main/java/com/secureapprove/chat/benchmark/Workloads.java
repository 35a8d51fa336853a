package com.secureapprove.chat.benchmark;

import com.secureapprove.chat.benchmark.BenchmarkPerson.Counts;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// The loads: pairs that send as fast as acknowledgements come or at a fixed rate, and one large
/// group.
final class Workloads implements AutoCloseable {
  private static final int WINDOW = 8;

  private final BenchStack stack;
  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient client =
      vertx.createWebSocketClient(
          new WebSocketClientOptions().setMaxConnections(100_000).setMaxFrameSize(1 << 20));

  /// What one measured stretch gave.
  record Run(
      double seconds,
      long acked,
      long refused,
      long delivered,
      Histogram latency,
      Map<String, Duration> cpu,
      Duration compilers) {
    double ackedPerSecond() {
      return acked / seconds;
    }

    double deliveredPerSecond() {
      return delivered / seconds;
    }

    /// CPU time of all processes for one message, in microseconds.
    double cpuMicros(long messages) {
      return cpu.values().stream().mapToLong(Duration::toNanos).sum() / 1e3 / messages;
    }

    double millis(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1e6;
    }
  }

  /// Two people with a conversation.
  record Pair(String conversation, BenchmarkPerson one, BenchmarkPerson other) {}

  Workloads(BenchStack stack) {
    this.stack = stack;
  }

  /// Makes pairs in as many tenants, connects them, and returns them.
  List<Pair> pairs(String prefix, int tenants, int pairsPerTenant, Counts counts) throws Exception {
    List<Pair> pairs = new ArrayList<>();
    for (int t = 0; t < tenants; t++) {
      String tenant = prefix + t;
      List<String> ids = stack.people(tenant, pairsPerTenant * 2);
      for (int i = 0; i < pairsPerTenant; i++) {
        String conversation = stack.pair(tenant, 2 * i, ids.get(2 * i + 1));
        pairs.add(
            new Pair(
                conversation, connect(tenant, 2 * i, counts), connect(tenant, 2 * i + 1, counts)));
      }
    }
    return pairs;
  }

  private BenchmarkPerson connect(String tenant, int i, Counts counts) throws Exception {
    return new BenchmarkPerson(stack.token(tenant, "p" + i), counts)
        .connect(client, stack.gateway())
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  /// Everyone sends, with a window of 8 unacknowledged messages each.
  Run flood(List<Pair> pairs, Counts counts, Duration warmUp, Duration time) throws Exception {
    boolean[] on = {true};
    for (Pair pair : pairs) {
      for (BenchmarkPerson person : List.of(pair.one(), pair.other())) {
        person.onAck(() -> {
          if (on[0]) {
            person.send(pair.conversation(), System.nanoTime());
          }
        });
        for (int i = 0; i < WINDOW; i++) {
          person.send(pair.conversation(), System.nanoTime());
        }
      }
    }
    Thread.sleep(warmUp);
    Run run = measure(counts, time, () -> Thread.sleep(time));
    on[0] = false;
    awaitQuiet(counts);
    return run;
  }

  /// People send in turn, together `perSecond` messages, independent of acknowledgements.
  Run paced(List<Pair> pairs, Counts counts, int perSecond, Duration warmUp, Duration time)
      throws Exception {
    pairs.forEach(pair -> {
      pair.one().onAck(() -> {});
      pair.other().onAck(() -> {});
    });
    pace(pairs, perSecond, warmUp);
    Run run = measure(counts, time, () -> pace(pairs, perSecond, time));
    awaitQuiet(counts);
    return run;
  }

  private static void pace(List<Pair> pairs, int perSecond, Duration time) {
    long begin = System.nanoTime();
    long gap = 1_000_000_000L / perSecond;
    long count = time.toNanos() / gap;
    for (long n = 0; n < count; n++) {
      long intended = begin + n * gap;
      while (System.nanoTime() < intended) {
        LockSupport.parkNanos(Math.min(100_000, intended - System.nanoTime()));
      }
      Pair pair = pairs.get((int) (n % pairs.size()));
      (n / pairs.size() % 2 == 0 ? pair.one() : pair.other()).send(pair.conversation(), intended);
    }
  }

  /// A group of connected people in which a few send, with a window of 1 each.
  Run group(String tenant, int members, int senders, Duration warmUp, Duration time)
      throws Exception {
    Counts counts = Counts.fresh();
    List<String> ids = stack.people(tenant, members);
    String group = stack.group(tenant, 0, ids.subList(1, members));
    List<BenchmarkPerson> people = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      people.add(connect(tenant, i, counts));
    }
    boolean[] on = {true};
    for (BenchmarkPerson person : people.subList(0, senders)) {
      person.onAck(() -> {
        if (on[0]) {
          person.send(group, System.nanoTime());
        }
      });
      person.send(group, System.nanoTime());
    }
    Thread.sleep(warmUp);
    Run run = measure(counts, time, () -> Thread.sleep(time));
    on[0] = false;
    awaitQuiet(counts);
    people.forEach(BenchmarkPerson::close);
    return run;
  }

  /// The limit of [#group].
  BareBroadcast.Figures bareBroadcast(int members, int senders, Duration warmUp, Duration time)
      throws Exception {
    return BareBroadcast.measure(client, members, senders, warmUp, time);
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private Run measure(Counts counts, Duration time, Work work) throws InterruptedException {
    CpuMeter cpu = new CpuMeter(stack::processes);
    counts.latency().getIntervalHistogram();
    long acked = counts.acked().get();
    long refused = counts.refused().get();
    long delivered = counts.delivered().get();
    cpu.start();
    long begin = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Run(
        seconds,
        counts.acked().get() - acked,
        counts.refused().get() - refused,
        counts.delivered().get() - delivered,
        counts.latency().getIntervalHistogram(),
        new LinkedHashMap<>(cpu.used()),
        cpu.compilers());
  }

  /// Waits until deliveries have stopped, at most a minute.
  private static void awaitQuiet(Counts counts) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    long last = -1;
    while (System.nanoTime() < end && last != counts.delivered().get()) {
      last = counts.delivered().get();
      Thread.sleep(2_000);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
