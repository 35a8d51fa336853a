package com.secureapprove.chat.benchmark.report;

import com.secureapprove.chat.benchmark.report.Series.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One series as inline SVG. A wide range of `x`, such as sizes of groups, has a logarithmic axis.
final class LineChart {
  private static final int WIDTH = 340;
  private static final int HEIGHT = 150;
  private static final int LEFT = 52;
  private static final int BOTTOM = 26;
  private static final int TOP = 24;
  private static final int RIGHT = 14;
  private static final double LOGARITHMIC_FROM = 50;

  private final Series series;
  private final double minX;
  private final double maxX;
  private final double maxY;

  private LineChart(Series series) {
    this.series = series;
    List<Point> points = series.points();
    this.minX = points.stream().mapToDouble(Point::x).min().orElse(0);
    this.maxX = points.stream().mapToDouble(Point::x).max().orElse(1);
    this.maxY = Math.max(1e-9, points.stream().mapToDouble(Point::y).max().orElse(1)) * 1.1;
  }

  static String svg(Series series) {
    return new LineChart(series).draw();
  }

  private String draw() {
    String line =
        series.points().stream()
            .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x(point), y(point)))
            .collect(Collectors.joining(" "));
    String dots =
        series.points().stream()
            .map(point ->
                String.format(
                    Locale.ROOT,
                    "<circle cx='%.1f' cy='%.1f' r='2.5'><title>%s %s: %s %s</title></circle>",
                    x(point),
                    y(point),
                    Numbers.text(point.x()),
                    series.axis(),
                    Numbers.text(point.y()),
                    Html.text(series.unit())))
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        """
        <svg width="%d" height="%d" role="img" aria-label="%s"><text x="4" y="14" class="t">%s %s (%s)</text>
        <path class="axis" d="M%d %dV%dH%d"/><text x="%d" y="%d" text-anchor="end">%s</text>
        <text x="%d" y="%d" text-anchor="end">0</text><text x="%d" y="%d">%s</text>
        <text x="%d" y="%d" text-anchor="end">%s %s</text><polyline points="%s"/>%s</svg>
        """,
        WIDTH,
        HEIGHT,
        Html.text(series.name()),
        Html.text(series.id()),
        Html.text(series.name()),
        Html.text(series.unit()),
        LEFT,
        TOP,
        HEIGHT - BOTTOM,
        WIDTH - RIGHT,
        LEFT - 4,
        TOP + 8,
        Numbers.text(maxY),
        LEFT - 4,
        HEIGHT - BOTTOM,
        LEFT,
        HEIGHT - BOTTOM + 14,
        Numbers.text(minX),
        WIDTH - RIGHT,
        HEIGHT - BOTTOM + 14,
        Numbers.text(maxX),
        Html.text(series.axis()),
        line,
        dots);
  }

  private double x(Point point) {
    return LEFT + (WIDTH - LEFT - RIGHT) * position(point.x(), minX, maxX);
  }

  private double y(Point point) {
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * point.y() / maxY;
  }

  /// Where a value stands between two others, from 0 to 1.
  static double position(double value, double min, double max) {
    if (max <= min) {
      return 0;
    }
    return min > 0 && max / min >= LOGARITHMIC_FROM
        ? Math.log(value / min) / Math.log(max / min)
        : (value - min) / (max - min);
  }
}
