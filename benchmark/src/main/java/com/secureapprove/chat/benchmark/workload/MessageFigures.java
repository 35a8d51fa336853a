package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.load.Run;
import com.secureapprove.chat.benchmark.report.Report;

/// Adds the figures that all workloads of messages have.
///
/// @param suffix what distinguishes several stretches of one workload, such as ` at 1,000/s`
record MessageFigures(Report report, String id, String suffix) {

  MessageFigures(Report report, String id) {
    this(report, id, "");
  }

  void plain(String name, double value, String unit) {
    report.plain(id, name + suffix, value, unit);
  }

  /// CPU time of each process for one of `count`, and that of all JIT compilers.
  void cpuByProcess(String figure, Run run, long count) {
    run.cpu()
        .forEach(
            (process, _) -> plain(figure + ", " + process, run.cpuMicros(process, count), "µs"));
    plain(figure + ", of it JIT compilers", run.compilers().toNanos() / 1e3 / count, "µs");
  }

  /// Median and 99th percentile of the latency.
  void latencies(Run run) {
    plain("p50, send to delivery", run.millis(50), "ms");
    plain("p99, send to delivery", run.millis(99), "ms");
  }
}
