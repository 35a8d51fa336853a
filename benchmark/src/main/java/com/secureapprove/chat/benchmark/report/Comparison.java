package com.secureapprove.chat.benchmark.report;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The figures of an earlier run beside those of this one. Two runs were made under different
/// conditions, so a difference of up to 5 % counts as none, and ratios say more than values.
record Comparison(List<Row> rows) {
  static final double TOLERANCE = 0.05;

  /// How a figure changed.
  enum Change {
    BETTER,
    SAME,
    WORSE
  }

  /// A figure that both runs have.
  ///
  /// @param difference of the ratios if both have one, otherwise of the values; relative
  record Row(Result before, Result now, double difference, Change change) {}

  static Comparison of(Figures before, Figures now) {
    Map<String, Result> earlier =
        before.results().stream()
            .collect(Collectors.toMap(Comparison::key, Function.identity(), (first, _) -> first));
    return new Comparison(
        now.results().stream()
            .filter(result -> earlier.containsKey(key(result)))
            .map(result -> row(earlier.getOrDefault(key(result), result), result))
            .toList());
  }

  private static String key(Result result) {
    return result.id() + " " + result.name();
  }

  private static Row row(Result before, Result now) {
    Double ratioBefore = before.ratio();
    Double ratioNow = now.ratio();
    double difference =
        ratioBefore != null && ratioNow != null
            ? relative(ratioBefore, ratioNow)
            : relative(before.value(), now.value());
    return new Row(before, now, difference, change(now, difference));
  }

  private static double relative(double before, double now) {
    if (before == 0) {
      return now == 0 ? 0 : 1;
    }
    return (now - before) / before;
  }

  private static Change change(Result now, double difference) {
    if (Math.abs(difference) <= TOLERANCE || (now.unit().isEmpty() && now.bar() == null)) {
      return Change.SAME;
    }
    return difference > 0 == now.largerIsBetter() ? Change.BETTER : Change.WORSE;
  }
}
