package com.secureapprove.chat.localstack.stack;

/// How a part of a stack is doing.
public enum Condition {
  /// It answers.
  READY,
  /// It runs, and does not answer, or not that it is ready.
  NOT_READY,
  /// It does not run.
  ENDED,
  /// Another process runs it.
  ELSEWHERE
}
