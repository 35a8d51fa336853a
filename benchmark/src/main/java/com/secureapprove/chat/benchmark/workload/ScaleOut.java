package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.load.BenchmarkPerson;
import com.secureapprove.chat.benchmark.load.Counts;
import com.secureapprove.chat.benchmark.load.Pair;
import com.secureapprove.chat.benchmark.load.Run;
import com.secureapprove.chat.benchmark.report.Result;
import com.secureapprove.chat.benchmark.stack.BenchStack;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// B12: the cost of further gateways and tenants at a fixed rate of messages. All people are
/// connected to the first gateway; each further gateway has one idle person of another tenant.
final class ScaleOut implements Workload {
  private static final int PAIRS = 100;
  private static final int RATE = 300;
  private static final List<Integer> GATEWAYS = List.of(1, 2, 4);
  private static final double OTHERS = 0.1;
  private static final double TENANT_TOLERANCE = 1.1;
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  @Override
  public String id() {
    return "B12";
  }

  @Override
  public String description() {
    return "1, 2 and 4 gateways; 1, 10, 100 and 1,000 tenants, at a fixed rate";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    BenchStack stack = run.freshStack(GATEWAYS.getLast());
    List<Instance> gateways = stack.stack().instances(Component.GATEWAY);
    Counts counts = Counts.fresh();
    List<Pair> pairs = run.load().pairs("gateways", 1, PAIRS, counts);
    // The balancer has spread the connections; move all to the first gateway.
    List<BenchmarkPerson> people = pairs.stream().flatMap(pair -> pair.people().stream()).toList();
    run.load().disconnect(people);
    run.load().connect(people, stack.stack().url(gateways.getFirst()), 8);
    gateways.subList(1, gateways.size()).forEach(stack.stack()::stop);
    run.report().note("B12: warm-up");
    run.load().paced(pairs, counts, RATE, WARM_UP, run.settings().warmUp());
    int running = 1;
    for (int wanted : GATEWAYS) {
      while (running < wanted) {
        Instance further = gateways.get(running);
        stack.stack().start(further);
        idlePerson(run, further);
        running++;
      }
      run.report().note("B12: %d gateways".formatted(running));
      gateways(run, gateways.subList(0, running), pairs, counts);
    }
    run.load().disconnect(people);
    gateways.subList(1, gateways.size()).forEach(stack.stack()::stop);
    tenants(run);
  }

  private static void idlePerson(BenchRun run, Instance gateway) throws Exception {
    String tenant = "quiet-" + gateway.number();
    run.stack().people(tenant, 1);
    run.load()
        .connect(
            List.of(run.load().person(tenant, 0, Counts.fresh())),
            run.stack().stack().url(gateway),
            1);
  }

  private void gateways(BenchRun run, List<Instance> running, List<Pair> pairs, Counts counts)
      throws Exception {
    Run messages = run.load().paced(pairs, counts, RATE, WARM_UP, run.settings().time());
    long acked = Math.max(1, messages.acked());
    String suffix = ", %d gateways".formatted(running.size());
    double first = messages.cpuMicros(running.getFirst().name(), acked);
    run.report().plain(id(), "CPU a message, gateway of the people" + suffix, first, "µs");
    run.report()
        .plain(id(), "CPU a message, all processes" + suffix, messages.cpuMicros(acked), "µs");
    run.report()
        .point(
            id(),
            "CPU a message, by gateways",
            "µs",
            "gateways",
            running.size(),
            messages.cpuMicros(acked));
    if (running.size() > 1) {
      double other =
          running.stream()
              .skip(1)
              .mapToDouble(gateway -> messages.cpuMicros(gateway.name(), acked))
              .average()
              .orElse(0);
      run.report()
          .add(
              Result.atMost(
                  id(),
                  "CPU a message, each gateway without them" + suffix,
                  other,
                  "µs",
                  first,
                  OTHERS));
    }
  }

  private void tenants(BenchRun run) throws Exception {
    List<Integer> sizes = run.settings().quick() ? List.of(1, 10, 100) : List.of(1, 10, 100, 1_000);
    double one = 0;
    for (int tenants : sizes) {
      run.report().note("B12: %,d tenants".formatted(tenants));
      Counts counts = Counts.fresh();
      List<Pair> pairs =
          new ArrayList<>(
              run.load()
                  .pairs(
                      "of-%d-".formatted(tenants), tenants, Math.max(1, PAIRS / tenants), counts));
      Run messages = run.load().paced(pairs, counts, RATE, WARM_UP, run.settings().time());
      run.load().disconnect(pairs.stream().flatMap(pair -> pair.people().stream()).toList());
      double micros = messages.cpuMicros(Math.max(1, messages.acked()));
      String name = "CPU a message, %,d tenants".formatted(tenants);
      if (one == 0) {
        one = micros;
        run.report().plain(id(), name, micros, "µs");
      } else {
        run.report().add(Result.atMost(id(), name, micros, "µs", one, TENANT_TOLERANCE));
      }
      run.report()
          .plain(
              id(),
              "p99, send to delivery, %,d tenants".formatted(tenants),
              messages.millis(99),
              "ms");
      run.report().point(id(), "CPU a message, by tenants", "µs", "tenants", tenants, micros);
    }
  }
}
