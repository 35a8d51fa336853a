package com.secureapprove.chat.benchmark;

import org.jspecify.annotations.Nullable;

/// One figure of a run, as in the JSON file.
///
/// @param id the workload, such as `B1`
/// @param limit the figure it is compared with, measured in the same run; null without one
/// @param ratio `value / limit`
/// @param bar the wanted ratio or value, as text
/// @param met whether the bar is met; null without a bar
record Result(
    String id,
    String name,
    double value,
    String unit,
    @Nullable Double limit,
    @Nullable Double ratio,
    @Nullable String bar,
    @Nullable Boolean met) {

  static Result plain(String id, String name, double value, String unit) {
    return new Result(id, name, value, unit, null, null, null, null);
  }

  /// A figure that must be at least `bar` times its limit.
  static Result atLeast(
      String id, String name, double value, String unit, double limit, double bar) {
    double ratio = value / limit;
    return new Result(id, name, value, unit, limit, ratio, "≥ %.2f ×".formatted(bar), ratio >= bar);
  }

  /// A figure that must be at most `bar` times its limit.
  static Result atMost(
      String id, String name, double value, String unit, double limit, double bar) {
    double ratio = value / limit;
    return new Result(id, name, value, unit, limit, ratio, "≤ %.2f ×".formatted(bar), ratio <= bar);
  }

  String row() {
    return "%-5s %-44s %12.1f %-6s %s"
        .formatted(
            id,
            name,
            value,
            unit,
            ratio == null
                ? ""
                : "limit %.1f, ratio %.3f, bar %s: %s"
                    .formatted(limit, ratio, bar, Boolean.TRUE.equals(met) ? "met" : "not met"));
  }
}
