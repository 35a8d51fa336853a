package com.secureapprove.chat.importdjango;

import com.secureapprove.chat.importdjango.old.OldDatabase;
import com.secureapprove.chat.importdjango.report.Counter;
import com.secureapprove.chat.importdjango.report.ImportReport;
import java.io.PrintWriter;

/// Prints a line about how far the import is, at most every two seconds.
final class ImportProgress {
  private static final long INTERVAL = 2_000_000_000L;

  private final OldDatabase.Totals totals;
  private final ImportReport report;
  private final PrintWriter out;
  private final long start = System.nanoTime();
  private long printed = start - INTERVAL;

  ImportProgress(OldDatabase.Totals totals, ImportReport report, PrintWriter out) {
    this.totals = totals;
    this.report = report;
    this.out = out;
  }

  void print() {
    long now = System.nanoTime();
    if (now - printed >= INTERVAL) {
      printed = now;
      out.printf(
          "progress seconds=%d conversations=%d/%d messages=%d/%d files=%d/%d%n",
          (now - start) / 1_000_000_000L,
          report.count(Counter.CONVERSATIONS),
          totals.conversations(),
          report.count(Counter.MESSAGES),
          totals.messages(),
          report.count(Counter.FILES),
          totals.files());
      out.flush();
    }
  }
}
