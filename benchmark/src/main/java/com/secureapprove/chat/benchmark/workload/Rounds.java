package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.load.Run;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/// Figures of several rounds as one.
final class Rounds {
  private Rounds() {}

  /// All rounds together: sums, and one histogram.
  static Run together(List<Run> rounds) {
    Histogram latency = new Histogram(3);
    Map<String, Duration> cpu = new LinkedHashMap<>();
    for (Run round : rounds) {
      latency.add(round.latency());
      round.cpu().forEach((name, used) -> cpu.merge(name, used, Duration::plus));
    }
    return new Run(
        rounds.stream().mapToDouble(Run::seconds).sum(),
        rounds.stream().mapToLong(Run::acked).sum(),
        rounds.stream().mapToLong(Run::refused).sum(),
        rounds.stream().mapToLong(Run::delivered).sum(),
        latency,
        cpu,
        rounds.stream().map(Run::compilers).reduce(Duration.ZERO, Duration::plus));
  }

  /// The difference of the largest and the smallest value, in percent of their mean.
  static double spreadPercent(double... values) {
    double mean = DoubleStream.of(values).average().orElse(0);
    double range =
        DoubleStream.of(values).max().orElse(0) - DoubleStream.of(values).min().orElse(0);
    return mean == 0 ? 0 : 100 * range / mean;
  }
}
