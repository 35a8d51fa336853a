package com.secureapprove.chat.localstack.doctor;

import com.secureapprove.chat.localstack.doctor.Finding.Verdict;
import java.util.function.Consumer;

/// Runs checks, reports each finding immediately, and counts failures. For one thread.
final class Checks {

  /// A check that returns its observation.
  @FunctionalInterface
  interface Check {
    String run() throws CheckFailed;
  }

  private final Consumer<Finding> findings;
  private int failures;

  Checks(Consumer<Finding> findings) {
    this.findings = findings;
  }

  int failures() {
    return failures;
  }

  /// Runs one check. A failure counts.
  ///
  /// @return whether it succeeded
  boolean check(String name, Check check) {
    return run(name, Verdict.FAILED, check);
  }

  /// Runs one check whose failure is only a warning.
  void warn(String name, Check check) {
    run(name, Verdict.WARNING, check);
  }

  void skip(String name, String observation, String advice) {
    findings.accept(new Finding(name, Verdict.SKIPPED, observation, advice));
  }

  private boolean run(String name, Verdict otherwise, Check check) {
    try {
      findings.accept(new Finding(name, Verdict.OK, check.run(), ""));
      return true;
    } catch (CheckFailed failure) {
      failures += otherwise == Verdict.FAILED ? 1 : 0;
      findings.accept(new Finding(name, otherwise, failure.observation(), failure.advice()));
      return false;
    }
  }
}
