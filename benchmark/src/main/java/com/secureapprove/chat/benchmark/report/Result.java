package com.secureapprove.chat.benchmark.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One figure of a run, as in the JSON file.
///
/// @param id the workload, such as `B1`
/// @param name the name of the figure; equal in each run, so that two runs can be compared
/// @param limit the figure it is compared with, measured in the same run; null without one
/// @param ratio `value / limit`; null without a limit
/// @param bar the wanted ratio or value, as text; null without a bar
/// @param met whether the bar is met; null without a bar
public record Result(
    String id,
    String name,
    double value,
    String unit,
    @Nullable Double limit,
    @Nullable Double ratio,
    @Nullable String bar,
    @Nullable Boolean met) {

  /// A figure without a bar.
  public static Result plain(String id, String name, double value, String unit) {
    return new Result(id, name, value, unit, null, null, null, null);
  }

  /// A figure beside its limit, without a bar.
  public static Result beside(String id, String name, double value, String unit, double limit) {
    return new Result(id, name, value, unit, limit, value / limit, null, null);
  }

  /// A figure that must be at least `bar` times its limit.
  public static Result atLeast(
      String id, String name, double value, String unit, double limit, double bar) {
    double ratio = value / limit;
    return new Result(id, name, value, unit, limit, ratio, times("≥", bar), ratio >= bar);
  }

  /// A figure that must be at most `bar` times its limit.
  public static Result atMost(
      String id, String name, double value, String unit, double limit, double bar) {
    double ratio = value / limit;
    return new Result(id, name, value, unit, limit, ratio, times("≤", bar), ratio <= bar);
  }

  /// A figure that must be at least an absolute value.
  public static Result noLess(String id, String name, double value, String unit, double bar) {
    return new Result(id, name, value, unit, null, null, plainBar("≥", bar, unit), value >= bar);
  }

  /// A figure that must be at most an absolute value.
  public static Result noMore(String id, String name, double value, String unit, double bar) {
    return new Result(id, name, value, unit, null, null, plainBar("≤", bar, unit), value <= bar);
  }

  private static String times(String comparison, double bar) {
    return String.format(Locale.ROOT, "%s %.2f ×", comparison, bar);
  }

  private static String plainBar(String comparison, double bar, String unit) {
    return "%s %s %s".formatted(comparison, Numbers.text(bar), unit).strip();
  }

  /// Whether a larger value is better, which is so for rates.
  boolean largerIsBetter() {
    return unit.endsWith("/s") && !unit.startsWith("µs") && !unit.startsWith("ms");
  }

  String verdict() {
    return met == null ? "" : met ? "met" : "not met";
  }

  String row() {
    StringBuilder row =
        new StringBuilder("%-5s %-52s %12s %-8s".formatted(id, name, Numbers.text(value), unit));
    if (limit != null && ratio != null) {
      row.append(String.format(Locale.ROOT, " limit %s, ratio %.3f", Numbers.text(limit), ratio));
    }
    if (bar != null) {
      row.append(" bar %s: %s".formatted(bar, verdict()));
    }
    return row.toString().stripTrailing();
  }
}
