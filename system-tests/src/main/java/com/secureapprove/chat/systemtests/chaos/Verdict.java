package com.secureapprove.chat.systemtests.chaos;

import com.secureapprove.chat.systemtests.chaos.faults.Fault;
import com.secureapprove.chat.systemtests.chaos.history.Violation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/// What a run has shown.
///
/// @param surprises what clients were told that no part should say, and how often
public record Verdict(
    long seed,
    long acknowledged,
    long delivered,
    Map<Fault.Kind, Integer> faults,
    Map<String, Long> surprises,
    List<Violation> violations) {

  private static final int SHOWN = 40;

  public Verdict {
    violations = List.copyOf(violations);
  }

  /// Whether every promise was kept.
  public boolean isGood() {
    return violations.isEmpty();
  }

  void print(PrintWriter out) {
    out.printf("%nMessages acknowledged: %d, delivered by events: %d%n", acknowledged, delivered);
    out.printf("Faults: %d %s%n", faults.values().stream().mapToInt(n -> n).sum(), faults);
    surprises.forEach((what, count) -> out.printf("Surprise, %d times: %s%n", count, what));
    violations.stream().limit(SHOWN).forEach(violation -> out.printf("NOT KEPT: %s%n", violation));
    if (violations.size() > SHOWN) {
      out.printf("… and %d more%n", violations.size() - SHOWN);
    }
    for (Violation.Promise promise : Violation.Promise.values()) {
      long broken = violations.stream().filter(each -> each.promise() == promise).count();
      out.printf("%-8s %s%n", broken == 0 ? "kept" : "BROKEN", promise.words());
    }
    out.printf(
        "Seed %d: %s%n", seed, isGood() ? "every promise was kept" : "NOT every promise was kept");
    out.flush();
  }
}
