package com.secureapprove.chat.benchmark;

import com.secureapprove.chat.benchmark.stack.BenchStack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Attacks a stack with the default limits, one attack after the other, while people of another
/// tenant use it. Measures the victims without an attack before.
public final class HostileRun {
  private static final int VICTIM_PAIRS = 4;
  private static final Duration REST = Duration.ofSeconds(3);
  private static final String NONE = "none";

  private final Path home;
  private final Duration time;
  private final List<String> attacks;
  private final PrintWriter out;

  /// @param home the directory of the stack
  /// @param time how long each attack lasts
  /// @param attacks their names; all if empty
  public HostileRun(Path home, Duration time, List<String> attacks, PrintWriter out) {
    this.home = home;
    this.time = time;
    this.attacks = List.copyOf(attacks);
    this.out = out;
  }

  /// Runs the attacks and prints a row for each.
  public List<HostileResult> call() throws IOException, InterruptedException {
    List<HostileResult> results = new ArrayList<>();
    try (BenchStack stack = new BenchStack(home, 1, Map.of())) {
      String group = Attacker.group(stack);
      try (Victims victims = new Victims(stack, VICTIM_PAIRS)) {
        Thread.sleep(time); // warm-up
        victims.snapshot();
        long memory = rssMib(stack);
        Thread.sleep(time);
        Victims.Snapshot without = victims.snapshot();
        double p99 = without.p99Millis();
        out.println(HostileResult.HEADER);
        add(results, result(NONE, without, p99, memory, rssMib(stack), 0));
        for (Attack attack : Attack.values()) {
          if (attacks.isEmpty() || attacks.contains(attack.toString())) {
            add(results, run(attack, stack, group, victims, p99));
          }
        }
      }
    }
    return results;
  }

  private HostileResult run(
      Attack attack, BenchStack stack, String group, Victims victims, double p99)
      throws IOException, InterruptedException {
    long before = rssMib(stack);
    victims.snapshot();
    long sent;
    Victims.Snapshot during;
    try (Attacker attacker = Attacker.of(stack, group)) {
      attack.start(attacker);
      Thread.sleep(time);
      during = victims.snapshot();
      sent = attacker.sent();
    }
    Thread.sleep(REST);
    return result(attack.toString(), during, p99, before, rssMib(stack), sent);
  }

  private static HostileResult result(
      String attack, Victims.Snapshot victims, double p99, long before, long after, long sent) {
    return new HostileResult(
        attack,
        victims.operations(),
        victims.failed(),
        victims.firstFailure(),
        victims.p99Millis(),
        p99,
        before,
        after,
        sent);
  }

  private void add(List<HostileResult> results, HostileResult result) {
    results.add(result);
    out.println(result.row());
    out.flush();
  }

  /// The resident memory of the gateway; 0 if `ps` does not print it.
  private static long rssMib(BenchStack stack) throws IOException, InterruptedException {
    ProcessHandle gateway = stack.processes().get("gateway");
    if (gateway == null) {
      return 0;
    }
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(gateway.pid())).start();
    String kib = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    ps.waitFor();
    return kib.isEmpty() ? 0 : Long.parseLong(kib) >> 10;
  }
}
