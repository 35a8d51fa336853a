package com.secureapprove.chat.benchmark.load;

import com.secureapprove.chat.benchmark.stack.BenchStack;
import com.secureapprove.chat.benchmark.stack.CpuMeter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// The load generator: connects people, sends as fast as acknowledgements come or at a fixed rate,
/// and measures. People that it has connected send a heartbeat every 30 seconds.
public final class Load implements AutoCloseable {
  private static final int WINDOW = 8;
  private static final int PING_EVERY_SECONDS = 30;
  private static final int CONNECT_TIMEOUT_SECONDS = 60;
  private static final int ATTEMPTS = 30;

  private final BenchStack stack;
  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient client =
      vertx.createWebSocketClient(
          new WebSocketClientOptions().setMaxConnections(100_000).setMaxFrameSize(1 << 20));
  private final List<BenchmarkPerson> connected = new CopyOnWriteArrayList<>();
  private final AtomicLong repeatedConnects = new AtomicLong();
  private int pinging;

  /// @param stack the stack to which people connect
  public Load(BenchStack stack) {
    this.stack = stack;
    vertx.setPeriodic(1_000, _ -> pingSome());
  }

  /// Work that is measured.
  public interface Work {
    /// Does it.
    void run() throws Exception;
  }

  /// Sends the `n`th message, which was meant to be sent at a time of [System#nanoTime].
  public interface NthSend {
    /// Sends it.
    void send(long n, long intendedNanos);
  }

  /// The event loops, for further clients.
  public Vertx vertx() {
    return vertx;
  }

  /// The client of all connections.
  public WebSocketClient client() {
    return client;
  }

  /// Makes pairs in as many tenants, connects them, and returns them.
  public List<Pair> pairs(String prefix, int tenants, int pairsPerTenant, Counts counts)
      throws Exception {
    List<Pair> pairs = new ArrayList<>();
    for (int t = 0; t < tenants; t++) {
      String tenant = prefix + t;
      List<String> ids = stack.people(tenant, pairsPerTenant * 2);
      for (int i = 0; i < pairsPerTenant; i++) {
        String conversation = stack.pair(tenant, 2 * i, ids.get(2 * i + 1));
        pairs.add(
            new Pair(
                conversation, person(tenant, 2 * i, counts), person(tenant, 2 * i + 1, counts)));
      }
    }
    connect(pairs.stream().flatMap(pair -> pair.people().stream()).toList(), stack.gateway(), 8);
    return pairs;
  }

  /// A person of a tenant who is not connected yet.
  public BenchmarkPerson person(String tenant, int i, Counts counts) {
    return new BenchmarkPerson(stack.token(tenant, "p" + i), counts);
  }

  /// Connects people, some of them at a time. Returns when all are connected.
  public void connect(List<BenchmarkPerson> people, URI gateway, int atOnce)
      throws InterruptedException, ExecutionException, TimeoutException {
    InFlight.run(people, atOnce, person -> connect(person, gateway, ATTEMPTS))
        .toCompletionStage()
        .toCompletableFuture()
        .get(CONNECT_TIMEOUT_SECONDS + people.size() / 20, TimeUnit.SECONDS);
    connected.addAll(people);
  }

  /// Connects a person, and tries again after a second as clients do, for instance while the
  /// gateway still warms up.
  private Future<BenchmarkPerson> connect(BenchmarkPerson person, URI gateway, int attempts) {
    return person
        .connect(client, gateway)
        .recover(failure -> {
          if (attempts <= 1) {
            return Future.failedFuture(failure);
          }
          repeatedConnects.incrementAndGet();
          return vertx
              .timer(1, TimeUnit.SECONDS)
              .compose(_ -> connect(person, gateway, attempts - 1));
        });
  }

  /// How many attempts to connect had to be repeated so far.
  public long repeatedConnects() {
    return repeatedConnects.get();
  }

  /// Closes connections.
  public void disconnect(List<BenchmarkPerson> people) {
    connected.removeAll(people);
    people.forEach(BenchmarkPerson::close);
  }

  private void pingSome() {
    pinging++;
    for (int i = pinging % PING_EVERY_SECONDS; i < connected.size(); i += PING_EVERY_SECONDS) {
      connected.get(i).ping();
    }
  }

  /// Everyone sends, with a window of 8 unacknowledged messages each.
  ///
  /// @param during the measured work, usually a wait
  public Run flood(List<Pair> pairs, Counts counts, Duration warmUp, Work during) throws Exception {
    boolean[] on = {true};
    for (Pair pair : pairs) {
      for (BenchmarkPerson person : pair.people()) {
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
    Run run = measure(counts, during);
    on[0] = false;
    awaitQuiet(counts);
    return run;
  }

  /// People send in turn, together `perSecond` messages, independent of acknowledgements.
  public Run paced(List<Pair> pairs, Counts counts, int perSecond, Duration warmUp, Duration time)
      throws Exception {
    pairs.forEach(pair -> pair.people().forEach(person -> person.onAck(() -> {})));
    NthSend inTurn = inTurn(pairs);
    pace(perSecond, warmUp, inTurn);
    Run run = measure(counts, () -> pace(perSecond, time, inTurn));
    awaitQuiet(counts);
    return run;
  }

  /// All people of the pairs in turn.
  public static NthSend inTurn(List<Pair> pairs) {
    return (n, intended) -> {
      Pair pair = pairs.get((int) (n % pairs.size()));
      (n / pairs.size() % 2 == 0 ? pair.one() : pair.other()).send(pair.conversation(), intended);
    };
  }

  /// Sends at a fixed rate.
  public static void pace(int perSecond, Duration time, NthSend send) {
    long begin = System.nanoTime();
    long gap = 1_000_000_000L / perSecond;
    long count = time.toNanos() / gap;
    for (long n = 0; n < count; n++) {
      long intended = begin + n * gap;
      while (System.nanoTime() < intended) {
        LockSupport.parkNanos(Math.min(100_000, intended - System.nanoTime()));
      }
      send.send(n, intended);
    }
  }

  /// Each sends its next message to a group when the last one is acknowledged.
  ///
  /// @param during the measured work, usually a wait
  public Run group(
      String group, List<BenchmarkPerson> senders, Counts counts, Duration warmUp, Work during)
      throws Exception {
    boolean[] on = {true};
    for (BenchmarkPerson person : senders) {
      person.onAck(() -> {
        if (on[0]) {
          person.send(group, System.nanoTime());
        }
      });
      person.send(group, System.nanoTime());
    }
    Thread.sleep(warmUp);
    Run run = measure(counts, during);
    on[0] = false;
    awaitQuiet(counts);
    return run;
  }

  /// Measures what happens during some work.
  public Run measure(Counts counts, Work work) throws Exception {
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
  public static void awaitQuiet(Counts counts) throws InterruptedException {
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
