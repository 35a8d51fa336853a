package com.secureapprove.chat.localstack.doctor;

/// A check did not see what it expects.
final class CheckFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final String observation;
  private final String advice;

  /// @param observation what was seen
  /// @param advice what to look at or to change
  CheckFailed(String observation, String advice) {
    super(observation);
    this.observation = observation;
    this.advice = advice;
  }

  String observation() {
    return observation;
  }

  String advice() {
    return advice;
  }
}
