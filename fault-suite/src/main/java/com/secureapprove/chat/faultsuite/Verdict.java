package com.secureapprove.chat.faultsuite;

import com.secureapprove.chat.faultsuite.faults.Fault;
import com.secureapprove.chat.faultsuite.history.Findings;
import com.secureapprove.chat.faultsuite.history.Violation;
import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/// What a run has shown.
public record Verdict(
    long seed,
    long acknowledged,
    long delivered,
    Map<Fault.Kind, Integer> faults,
    Findings findings) {

  private static final int SHOWN = 40;

  /// The promises that were not kept, or not put to the test at all.
  public List<Violation> violations() {
    List<Violation> all = new ArrayList<>(findings.violations());
    if (acknowledged == 0) {
      all.add(new Violation(Promise.TESTED, "no message was acknowledged"));
    }
    if (delivered == 0) {
      all.add(new Violation(Promise.TESTED, "no message was delivered by an event"));
    }
    if (howManyFaults() == 0) {
      all.add(new Violation(Promise.TESTED, "nothing was harmed"));
    }
    return all;
  }

  /// Whether every promise was kept.
  public boolean isGood() {
    return violations().isEmpty();
  }

  /// What the program ends with.
  int exitStatus() {
    return isGood() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private int howManyFaults() {
    return faults.values().stream().mapToInt(n -> n).sum();
  }

  void print(PrintWriter out) {
    out.printf("%nMessages acknowledged: %d, delivered by events: %d%n", acknowledged, delivered);
    out.printf("Faults: %d %s%n", howManyFaults(), faults);
    List<Violation> violations = violations();
    violations.stream().limit(SHOWN).forEach(violation -> out.printf("NOT KEPT: %s%n", violation));
    if (violations.size() > SHOWN) {
      out.printf("… and %d more%n", violations.size() - SHOWN);
    }
    for (Promise promise : Promise.values()) {
      boolean broken = violations.stream().anyMatch(each -> each.promise() == promise);
      long held = findings.held(promise);
      out.printf(
          "%-8s %s (%d %s)%n",
          broken ? "BROKEN" : held == 0 ? "untried" : "kept",
          promise.words(),
          held,
          promise.heldAgainst());
    }
    out.printf(
        "Seed %d: %s%n", seed, isGood() ? "every promise was kept" : "NOT every promise was kept");
    out.flush();
  }
}
