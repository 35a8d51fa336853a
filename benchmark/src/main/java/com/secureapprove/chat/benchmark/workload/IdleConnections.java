package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.limit.BareServer;
import com.secureapprove.chat.benchmark.load.BenchmarkPerson;
import com.secureapprove.chat.benchmark.load.Counts;
import com.secureapprove.chat.benchmark.report.Result;
import com.secureapprove.chat.benchmark.stack.CpuMeter;
import com.secureapprove.chat.benchmark.stack.HeapHistogram;
import com.secureapprove.chat.benchmark.stack.OpenFileLimit;
import com.secureapprove.chat.benchmark.stack.ProcessMemory;
import com.secureapprove.chat.localstack.stack.Component;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// B4: idle connections of as many signed-in people. The limit is a bare Vert.x server that holds
/// as many, with the same JVM options and heartbeats.
final class IdleConnections implements Workload {
  private static final String TENANT = "idle";
  private static final String GATEWAY = "gateway";
  private static final int CONNECTING = 64;
  private static final int WARM_UP_CONNECTIONS = 500;
  private static final int CLASSES_SHOWN = 20;
  private static final int SPARE_FILES = 2_000;
  private static final double RESIDENT_RATIO = 1.5;
  private static final double HEAP_BYTES = 6 * 1024;
  private static final double CPU_MICROS = 5;

  @Override
  public String id() {
    return "B4";
  }

  @Override
  public String description() {
    return "memory and CPU of idle connections (--connections)";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    int connections =
        Math.min(run.settings().connections(), OpenFileLimit.ofThisProcess() - SPARE_FILES);
    run.disconnectPairs();
    run.report().note("B4: creating %,d people".formatted(connections));
    run.stack().people(TENANT, connections);
    run.stack().stack().restart(Component.GATEWAY);
    ProcessHandle gateway = run.stack().process(GATEWAY);
    Counts counts = Counts.fresh();
    List<BenchmarkPerson> people =
        IntStream.range(0, connections)
            .parallel()
            .mapToObj(i -> run.load().person(TENANT, i, counts))
            .toList();
    List<BenchmarkPerson> first = people.subList(0, Math.min(WARM_UP_CONNECTIONS, connections));
    run.load().connect(first, run.stack().gateway(), CONNECTING);
    run.load().disconnect(first);
    ProcessMemory before = ProcessMemory.afterCollection(gateway);
    HeapHistogram heapBefore = HeapHistogram.of(gateway);
    Duration idle = Duration.ofSeconds(run.settings().size(60, 30));
    double aloneMicros = cpuMicros(gateway, idle);
    run.report().note("B4: connecting %,d people".formatted(connections));
    run.load().connect(people, run.stack().gateway(), CONNECTING);
    Thread.sleep(5_000); // what the sign-ins began is over
    double cpuMicros = cpuMicros(gateway, idle) / connections;
    HeapHistogram heapAfter = HeapHistogram.of(gateway);
    double heap = (double) (heapAfter.total() - heapBefore.total()) / connections;
    for (HeapHistogram.Growth growth : heapAfter.growthSince(heapBefore, CLASSES_SHOWN)) {
      run.report()
          .note(
              "%7.0f bytes a connection: %s"
                  .formatted((double) growth.bytes() / connections, growth.type()));
    }
    double resident =
        (double) (ProcessMemory.afterCollection(gateway).resident() - before.resident())
            / connections;
    run.load().disconnect(people);
    run.report().note("B4: measuring the bare server");
    BareServer.Idle bare =
        BareServer.idle(
            run.load().vertx(), run.load().client(), options(gateway), connections, idle);
    run.report().plain(id(), "CPU a second of a gateway without connections", aloneMicros, "µs");
    report(run, connections, resident, heap, cpuMicros, bare);
  }

  /// The CPU that a process uses in a second.
  private static double cpuMicros(ProcessHandle process, Duration time)
      throws InterruptedException {
    CpuMeter cpu = new CpuMeter(() -> Map.of(GATEWAY, process));
    cpu.start();
    Thread.sleep(time);
    return cpu.total().toNanos() / 1e3 / time.toSeconds();
  }

  private void report(
      BenchRun run,
      int connections,
      double resident,
      double heap,
      double cpuMicros,
      BareServer.Idle bare) {
    run.report().plain(id(), "idle connections", connections, "");
    run.report()
        .add(
            Result.atMost(
                id(),
                "resident memory a connection",
                resident,
                "bytes",
                bare.resident(),
                RESIDENT_RATIO));
    run.report().plain(id(), "live heap a connection, bare server", bare.heap(), "bytes");
    run.report().add(Result.noMore(id(), "live heap a connection", heap, "bytes", HEAP_BYTES));
    run.report().plain(id(), "CPU a second and connection, bare server", bare.cpuMicros(), "µs");
    run.report()
        .add(Result.noMore(id(), "CPU a second and connection", cpuMicros, "µs", CPU_MICROS));
  }

  /// The options of the gateway's JVM that concern its memory.
  private static List<String> options(ProcessHandle gateway) {
    return gateway.info().arguments().stream()
        .flatMap(arguments -> Arrays.stream(arguments))
        .flatMap(argument -> argument.startsWith("-XX") ? Stream.of(argument) : Stream.empty())
        .toList();
  }
}
