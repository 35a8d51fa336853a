package com.secureapprove.chat.benchmark.workload;

/// One workload of the benchmark.
public interface Workload {

  /// Its number, such as `B1`.
  String id();

  /// One line about the measured work.
  String description();

  /// Runs it, and adds its figures to the report.
  void run(BenchRun run) throws Exception;
}
