package com.secureapprove.chat.localstack.doctor;

/// The installation does not behave as the check expects.
final class CheckFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final String observation;
  private final String advice;

  /// @param observation the observed behaviour
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
