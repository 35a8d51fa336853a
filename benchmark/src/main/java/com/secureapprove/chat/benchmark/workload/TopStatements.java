package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.stack.StatementMeter.Counted;

/// Prints the most frequent statements of a workload as progress, to show what a figure consists
/// of.
final class TopStatements {
  private static final int SHOWN = 12;
  private static final int LENGTH = 140;

  private TopStatements() {}

  static void note(BenchRun run, Counted counted, long count) {
    counted.calls().stream()
        .limit(SHOWN)
        .forEach(call ->
            run.report()
                .note(
                    "%-12s %8.3f calls %9.2f rows  %s"
                        .formatted(
                            call.service(),
                            (double) call.calls() / count,
                            (double) call.rows() / count,
                            call.query().substring(0, Math.min(LENGTH, call.query().length())))));
  }
}
