package com.secureapprove.chat.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.benchmark.BenchmarkPerson.Counts;
import com.secureapprove.chat.benchmark.Workloads.Pair;
import com.secureapprove.chat.benchmark.Workloads.Run;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./chat bench`: measures a separate stack and prints a table.
@Command(
    name = "./chat bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a separate stack and compares with limits that are measured in the same run.",
      "B1: 200 people in 100 conversations send as fast as acknowledgements come.",
      "B1t: the same with 100 tenants. B2: at a fixed rate. B3: one group of 1,000.",
      "B7: B1 with a history of --history messages and every component restarted."
    })
public final class Bench implements Callable<Integer> {
  private static final Set<String> ALL = Set.of("B1", "B1t", "B2", "B3", "B7");
  private static final int PAIRS = 100;
  private static final int GROUP = 1_000;
  private static final int GROUP_SENDERS = 5;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "WORKLOAD", description = "B1, B1t, B2, B3, B7; default all.")
  private List<String> workloads = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "How long each workload is measured; default 20.")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "60",
      description = "Seconds of load before the first measurement; default 60.")
  private int warmUp;

  @Option(
      names = "--history",
      defaultValue = "1000000",
      description = "Messages stored before B7; default 1,000,000.")
  private int history;

  @Option(names = "--json", description = "Also writes the results to this file.")
  private @Nullable Path json;

  private final List<Result> results = new ArrayList<>();

  private Bench() {}

  /// Runs it and ends with its status.
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<String> wanted = workloads.isEmpty() ? List.of("B1", "B1t", "B2", "B3", "B7") : workloads;
    for (String workload : wanted) {
      if (!ALL.contains(workload)) {
        throw new ParameterException(spec.commandLine(), "There is no workload " + workload);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%d cores, %s %s, load average %.2f before the run%n",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    out.flush();
    try (BenchStack stack = new BenchStack(1);
        Workloads loads = new Workloads(stack)) {
      Counts counts = Counts.fresh();
      List<Pair> pairs = loads.pairs("bench", 1, PAIRS, counts);
      double rate = 0;
      if (wanted.contains("B1") || wanted.contains("B2")) {
        Run run = loads.flood(pairs, counts, Duration.ofSeconds(warmUp), time());
        rate = run.deliveredPerSecond();
        OneRowCommits.Figures limit = OneRowCommits.measure(stack, Duration.ofSeconds(10));
        report("B1", run, limit, out);
      }
      if (wanted.contains("B2")) {
        int half = (int) (rate / 2);
        latency("B2", half, loads.paced(pairs, counts, half, Duration.ofSeconds(5), time()), out);
        latency("B2", 1_000, loads.paced(pairs, counts, 1_000, Duration.ofSeconds(5), time()), out);
      }
      if (wanted.contains("B1t")) {
        Counts ofTenants = Counts.fresh();
        List<Pair> tenants = loads.pairs("tenant", PAIRS, 1, ofTenants);
        Run run = loads.flood(tenants, ofTenants, Duration.ofSeconds(10), time());
        add(out, Result.plain("B1t", "acknowledged", run.ackedPerSecond(), "/s"));
        if (rate > 0) {
          add(out, Result.atLeast("B1t", "delivered", run.deliveredPerSecond(), "/s", rate, 0.7));
        } else {
          add(out, Result.plain("B1t", "delivered", run.deliveredPerSecond(), "/s"));
        }
        add(out, Result.plain("B1t", "CPU a message", run.cpuMicros(run.acked()), "µs"));
        parts("B1t", "CPU a message", run, run.acked(), out);
        latencies("B1t", run, out);
      }
      if (wanted.contains("B3")) {
        Run run = loads.group("group", GROUP, GROUP_SENDERS, Duration.ofSeconds(10), time());
        BareBroadcast.Figures bare =
            loads.bareBroadcast(GROUP, GROUP_SENDERS, Duration.ofSeconds(10), time());
        add(
            out,
            Result.atLeast(
                "B3", "deliveries", run.deliveredPerSecond(), "/s", bare.perSecond(), 0.85));
        add(out, Result.plain("B3", "refused", run.refused(), ""));
        add(out, Result.plain("B3", "CPU a delivery, bare server", bare.cpuMicros(), "µs"));
        add(out, Result.plain("B3", "CPU a delivery", run.cpuMicros(run.delivered()), "µs"));
        parts("B3", "CPU a delivery", run, run.delivered(), out);
        latencies("B3", run, out);
      }
      if (wanted.contains("B7")) {
        fillHistory(stack, pairs);
        stack.restart();
        List<Pair> again = loads.pairs("bench", 1, PAIRS, counts);
        Run run = loads.flood(again, counts, Duration.ofSeconds(warmUp), time());
        report("B7", run, OneRowCommits.measure(stack, Duration.ofSeconds(10)), out);
        if (rate > 0) {
          add(
              out,
              Result.atLeast("B7", "delivered, of B1", run.deliveredPerSecond(), "/s", rate, 0.9));
        }
      }
    }
    if (json != null) {
      Files.writeString(
          json,
          new ObjectMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(Map.of("results", results)));
    }
    return 0;
  }

  private Duration time() {
    return Duration.ofSeconds(seconds);
  }

  private void report(String id, Run run, OneRowCommits.Figures limit, PrintWriter out) {
    add(out, Result.plain(id, "one-row commits", limit.perSecond(), "/s"));
    add(out, Result.plain(id, "acknowledged", run.ackedPerSecond(), "/s"));
    add(
        out,
        Result.atLeast(id, "delivered", run.deliveredPerSecond(), "/s", limit.perSecond(), 0.4));
    add(
        out,
        Result.atMost(id, "CPU a message", run.cpuMicros(run.acked()), "µs", limit.cpuMicros(), 3));
    parts(id, "CPU a message", run, run.acked(), out);
    add(out, Result.plain(id, "refused", run.refused(), ""));
    latencies(id, run, out);
  }

  /// The share of each process in a CPU figure, and that of all JIT compilers.
  private void parts(String id, String figure, Run run, long count, PrintWriter out) {
    run.cpu()
        .forEach((name, cpu) ->
            add(out, Result.plain(id, figure + ", " + name, cpu.toNanos() / 1e3 / count, "µs")));
    add(
        out,
        Result.plain(
            id, figure + ", JIT compilers in all", run.compilers().toNanos() / 1e3 / count, "µs"));
  }

  private void latency(String id, int rate, Run run, PrintWriter out) {
    add(out, Result.plain(id, "delivered at " + rate + "/s", run.deliveredPerSecond(), "/s"));
    latencies(id, run, out);
  }

  private void latencies(String id, Run run, PrintWriter out) {
    add(out, Result.plain(id, "p50, send to delivery", run.millis(50), "ms"));
    add(out, Result.plain(id, "p99, send to delivery", run.millis(99), "ms"));
  }

  private void add(PrintWriter out, Result result) {
    results.add(result);
    out.println(result.row());
    out.flush();
  }

  /// Stores messages of the pairs' senders, as their past.
  private void fillHistory(BenchStack stack, List<Pair> pairs) throws Exception {
    int each = history / pairs.size();
    try (Connection connection = stack.database();
        Statement statement = connection.createStatement()) {
      for (Pair pair : pairs) {
        statement.execute(
            """
            insert into message.message (tenant, id, conversation_id, seq, sender_id, sender_seq,
              client_message_id, fingerprint, content, created_at, updated_at)
            select c.tenant, gen_random_uuid(), c.id, c.last_seq + n, p.user_id, s.sent + n,
              'past-' || n, '', repeat('x', 100), now(), now()
            from message.conversation c
            cross join lateral (select * from message.participant p
              where p.tenant = c.tenant and p.conversation_id = c.id limit 1) p
            cross join lateral (select coalesce(max(sender_seq), 0) as sent from message.message
              where tenant = c.tenant and conversation_id = c.id and sender_id = p.user_id) s
            cross join generate_series(1, %1$d) n where c.id = '%2$s'
            """
                .formatted(each, pair.conversation()));
        statement.execute(
            "update message.conversation set last_seq = last_seq + %d where id = '%s'"
                .formatted(each, pair.conversation()));
      }
      statement.execute("analyze message.message");
    }
  }
}
