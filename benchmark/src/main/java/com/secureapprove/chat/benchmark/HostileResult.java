package com.secureapprove.chat.benchmark;

/// What the victims of one attack experienced, as in the JSON file.
///
/// @param attack the attack; `none` for the measurement without one
/// @param operations how many operations of the victims ended
/// @param failed how many of them failed
/// @param firstFailure the first failure, or an empty text
/// @param p99Millis the 99th percentile of the duration of an operation
/// @param p99MillisWithout the same without an attack
/// @param rssMibBefore the resident memory of the gateway before the attack, in MiB
/// @param rssMibAfter the same after the attack
/// @param sent how many requests, frames or connections the attacker sent
public record HostileResult(
    String attack,
    long operations,
    long failed,
    String firstFailure,
    double p99Millis,
    double p99MillisWithout,
    long rssMibBefore,
    long rssMibAfter,
    long sent) {

  static final String HEADER =
      "%-12s %10s %9s %10s %12s %18s %10s"
          .formatted(
              "attack", "operations", "success", "p99", "p99 without", "gateway RSS", "sent");

  double successPercent() {
    return operations == 0 ? 0 : 100.0 * (operations - failed) / operations;
  }

  String row() {
    return "%-12s %10d %8.2f%% %7.0f ms %9.0f ms %8d → %4d MiB %10d%s"
        .formatted(
            attack,
            operations,
            successPercent(),
            p99Millis,
            p99MillisWithout,
            rssMibBefore,
            rssMibAfter,
            sent,
            firstFailure.isEmpty() ? "" : "  " + firstFailure);
  }
}
