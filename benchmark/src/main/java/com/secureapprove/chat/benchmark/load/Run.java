package com.secureapprove.chat.benchmark.load;

import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What one measured stretch of messages gave.
///
/// @param latency nanoseconds from the intended send to the frame at another person
/// @param cpu CPU time by process
/// @param compilers of it, CPU time of the just-in-time compilers
public record Run(
    double seconds,
    long acked,
    long refused,
    long delivered,
    Histogram latency,
    Map<String, Duration> cpu,
    Duration compilers) {

  /// Acknowledgements a second.
  public double ackedPerSecond() {
    return acked / seconds;
  }

  /// Deliveries a second.
  public double deliveredPerSecond() {
    return delivered / seconds;
  }

  /// CPU time of all processes for one of `count`, in microseconds.
  public double cpuMicros(long count) {
    return cpu.values().stream().mapToLong(Duration::toNanos).sum() / 1e3 / count;
  }

  /// CPU time of one process for one of `count`, in microseconds; 0 if it does not run.
  public double cpuMicros(String process, long count) {
    return cpu.getOrDefault(process, Duration.ZERO).toNanos() / 1e3 / count;
  }

  /// A percentile of the latency, in milliseconds.
  public double millis(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e6;
  }
}
