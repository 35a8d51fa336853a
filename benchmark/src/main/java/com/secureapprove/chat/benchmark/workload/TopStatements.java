package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.stack.StatementMeter.Counted;

/// Prints the most frequent statements of a workload, and the tables that they read and write, as
/// progress. So the parts of a figure are visible.
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
    counted
        .read()
        .forEach((table, rows) -> {
          if (rows >= count) {
            run.report().note("%-40s %9.1f rows read".formatted(table, (double) rows / count));
          }
        });
    counted
        .written()
        .forEach((table, rows) -> {
          if (rows >= count) {
            run.report().note("%-40s %9.1f rows written".formatted(table, (double) rows / count));
          }
        });
  }
}
