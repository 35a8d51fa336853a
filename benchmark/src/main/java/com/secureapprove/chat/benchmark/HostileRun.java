package com.secureapprove.chat.benchmark;

import com.secureapprove.chat.benchmark.HostileResult.Memory;
import com.secureapprove.chat.benchmark.stack.BenchStack;
import com.secureapprove.chat.benchmark.stack.ProcessMemory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Attacks a stack with the default limits, one attack after the other, while people of another
/// tenant and of the same tenant use it. Measures both without an attack before.
public final class HostileRun {
  private static final int VICTIM_PAIRS = 4;
  private static final int NEIGHBOUR_PAIRS = 2;
  private static final Duration LONGEST_REST = Duration.ofSeconds(3);
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
      AttackTarget target = AttackTarget.prepare(stack);
      int first = AttackTarget.PEOPLE - 2 * NEIGHBOUR_PAIRS;
      try (Victims others = new Victims(stack, "victims", 0, VICTIM_PAIRS);
          Victims neighbours = new Victims(stack, AttackTarget.TENANT, first, NEIGHBOUR_PAIRS)) {
        Thread.sleep(time); // warm-up
        Memory memory = memory(stack);
        snapshots(others, neighbours);
        Thread.sleep(time);
        Snapshots without = snapshots(others, neighbours);
        out.println(HostileResult.HEADER);
        add(results, result(NONE, without, without, memory, memory(stack), 0));
        for (Attack attack : Attack.values()) {
          if (attacks.isEmpty() || attacks.contains(attack.toString())) {
            Memory before = memory(stack);
            snapshots(others, neighbours);
            long sent;
            Snapshots during;
            try (Attacker attacker = Attacker.of(stack, target)) {
              attack.start(attacker);
              Thread.sleep(time);
              during = snapshots(others, neighbours);
              sent = attacker.sent();
            }
            Thread.sleep(rest());
            add(results, result(attack.toString(), during, without, before, memory(stack), sent));
          }
        }
      }
    }
    return results;
  }

  private Duration rest() {
    Duration half = time.dividedBy(2);
    return half.compareTo(LONGEST_REST) < 0 ? half : LONGEST_REST;
  }

  /// What people of another tenant and of the same tenant experienced.
  private record Snapshots(Victims.Snapshot others, Victims.Snapshot neighbours) {}

  private static Snapshots snapshots(Victims others, Victims neighbours) {
    return new Snapshots(others.snapshot(), neighbours.snapshot());
  }

  private static HostileResult result(
      String attack, Snapshots during, Snapshots without, Memory before, Memory after, long sent) {
    return new HostileResult(
        attack,
        HostileResult.Experience.of(during.others(), without.others()),
        HostileResult.Experience.of(during.neighbours(), without.neighbours()),
        before,
        after,
        sent);
  }

  private void add(List<HostileResult> results, HostileResult result) {
    results.add(result);
    result.rows().forEach(out::println);
    out.flush();
  }

  /// The memory of the gateway. Collects its heap, which delays everyone for a moment.
  private static Memory memory(BenchStack stack) throws IOException, InterruptedException {
    ProcessHandle gateway = Objects.requireNonNull(stack.processes().get("gateway"));
    long live = ProcessMemory.liveHeap(gateway);
    return new Memory(live >> 20, ProcessMemory.of(gateway).resident() >> 20);
  }
}
