package com.secureapprove.chat.benchmark.report;

import java.util.List;

/// A figure over time or size, for the chart page.
///
/// @param id the workload
/// @param axis what `x` counts, such as `minute` or `members`
public record Series(String id, String name, String unit, String axis, List<Point> points) {

  /// One value of a series.
  public record Point(double x, double y) {}
}
