package com.secureapprove.chat.localstack.doctor;

/// The result of one check.
///
/// @param check the name of the check, one or two words
/// @param observation the observed behaviour
/// @param advice what to look at or to change; empty if nothing
public record CheckResult(String check, Verdict verdict, String observation, String advice) {

  /// The result of a check.
  public enum Verdict {
    OK,
    /// It works, but not as it should for real people.
    WARNING,
    FAILED,
    /// Not tried, because something is missing for it.
    SKIPPED
  }
}
