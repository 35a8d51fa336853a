package com.secureapprove.chat.benchmark;

import java.util.List;

/// What people experienced during one attack, as in the JSON file.
///
/// @param attack the attack; `none` for the measurement without one
/// @param others people of another tenant
/// @param neighbours people of the same tenant
/// @param before the memory of the gateway before the attack
/// @param after the same after the attack
/// @param sent how many requests, frames or connections the attacker sent
public record HostileResult(
    String attack,
    Experience others,
    Experience neighbours,
    Memory before,
    Memory after,
    long sent) {

  static final String HEADER =
      "%-14s %-12s %10s %9s %10s %12s %17s %18s %10s"
          .formatted(
              "attack",
              "people",
              "operations",
              "success",
              "p99",
              "p99 without",
              "gateway heap",
              "gateway RSS",
              "sent");

  /// The memory of a process.
  ///
  /// @param liveMib the live objects in the heap, in MiB
  /// @param rssMib the resident memory, in MiB
  public record Memory(long liveMib, long rssMib) {}

  /// @param operations how many operations ended
  /// @param failed how many of them failed
  /// @param firstFailure the first failure, or an empty text
  /// @param p99Millis the 99th percentile of the duration of an operation
  /// @param p99MillisWithout the same without an attack
  public record Experience(
      long operations,
      long failed,
      String firstFailure,
      double p99Millis,
      double p99MillisWithout) {
    static Experience of(Victims.Snapshot during, Victims.Snapshot without) {
      return new Experience(
          during.operations(),
          during.failed(),
          during.firstFailure(),
          during.p99Millis(),
          without.p99Millis());
    }

    double successPercent() {
      return operations == 0 ? 0 : 100.0 * (operations - failed) / operations;
    }
  }

  /// How many operations of people other than the attacker failed.
  public long failed() {
    return others.failed() + neighbours.failed();
  }

  List<String> rows() {
    return List.of(row("other tenant", others), row("same tenant", neighbours));
  }

  private String row(String people, Experience experience) {
    return "%-14s %-12s %10d %8.2f%% %7.0f ms %9.0f ms %7d → %3d MiB %8d → %3d MiB %10d%s"
        .formatted(
            attack,
            people,
            experience.operations(),
            experience.successPercent(),
            experience.p99Millis(),
            experience.p99MillisWithout(),
            before.liveMib(),
            after.liveMib(),
            before.rssMib(),
            after.rssMib(),
            sent,
            experience.firstFailure().isEmpty() ? "" : "  " + experience.firstFailure());
  }
}
