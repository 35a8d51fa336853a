package com.secureapprove.chat.localstack.doctor;

import com.secureapprove.chat.localstack.doctor.CheckResult.Verdict;
import java.util.function.Consumer;

/// Runs checks, reports each result immediately, and counts failures. For one thread.
final class Checks {

  /// A check that returns its observation.
  @FunctionalInterface
  interface Check {
    String run() throws CheckFailed;
  }

  private final Consumer<CheckResult> results;
  private int failures;

  Checks(Consumer<CheckResult> results) {
    this.results = results;
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
    results.accept(new CheckResult(name, Verdict.SKIPPED, observation, advice));
  }

  private boolean run(String name, Verdict otherwise, Check check) {
    try {
      results.accept(new CheckResult(name, Verdict.OK, check.run(), ""));
      return true;
    } catch (CheckFailed failure) {
      failures += otherwise == Verdict.FAILED ? 1 : 0;
      results.accept(new CheckResult(name, otherwise, failure.observation(), failure.advice()));
      return false;
    }
  }
}
