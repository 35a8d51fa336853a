package com.secureapprove.chat.localstack.stack;

/// The state of a component.
public enum Condition {
  /// It runs and is ready.
  READY,
  /// It runs but is not ready, or does not respond.
  NOT_READY,
  /// It does not run.
  ENDED,
  /// Another process runs it.
  ELSEWHERE
}
