package com.secureapprove.chat.faultsuite;

import com.secureapprove.chat.faultsuite.faults.Fault;
import com.secureapprove.chat.faultsuite.history.Findings;
import com.secureapprove.chat.faultsuite.history.Guarantee;
import com.secureapprove.chat.faultsuite.history.Violation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/// The result of a run.
public record Verdict(
    long seed,
    long acknowledged,
    long delivered,
    Map<Fault.Kind, Integer> faults,
    Findings findings) {

  private static final int MAX_SHOWN = 40;

  /// The violated guarantees, and missing coverage.
  public List<Violation> violations() {
    List<Violation> all = new ArrayList<>(findings.violations());
    if (acknowledged == 0) {
      all.add(new Violation(Guarantee.COVERAGE, "no message was acknowledged"));
    }
    if (delivered == 0) {
      all.add(new Violation(Guarantee.COVERAGE, "no message was delivered by an event"));
    }
    if (faultCount() == 0) {
      all.add(new Violation(Guarantee.COVERAGE, "no fault was injected"));
    }
    return all;
  }

  /// Whether every guarantee held.
  public boolean isPassed() {
    return violations().isEmpty();
  }

  /// The exit code of the program.
  int exitStatus() {
    return isPassed() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private int faultCount() {
    return faults.values().stream().mapToInt(n -> n).sum();
  }

  void print(PrintWriter out) {
    out.printf("%nMessages acknowledged: %d, delivered by events: %d%n", acknowledged, delivered);
    out.printf("Faults: %d %s%n", faultCount(), faults);
    List<Violation> violations = violations();
    violations.stream()
        .limit(MAX_SHOWN)
        .forEach(violation -> out.printf("VIOLATION: %s%n", violation));
    if (violations.size() > MAX_SHOWN) {
      out.printf("… and %d more%n", violations.size() - MAX_SHOWN);
    }
    for (Guarantee guarantee : Guarantee.values()) {
      boolean violated = violations.stream().anyMatch(each -> each.guarantee() == guarantee);
      long checked = findings.checked(guarantee);
      out.printf(
          "%-8s %s (%d %s)%n",
          violated ? "VIOLATED" : checked == 0 ? "untested" : "held",
          guarantee.description(),
          checked,
          guarantee.checkedUnit());
    }
    out.printf(
        "Seed %d: %s%n", seed, isPassed() ? "every guarantee held" : "guarantees were VIOLATED");
    out.flush();
  }
}
