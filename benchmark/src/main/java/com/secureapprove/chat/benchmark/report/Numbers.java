package com.secureapprove.chat.benchmark.report;

import java.util.Locale;

/// Numbers as text: with as many digits as a measurement has.
final class Numbers {
  private Numbers() {}

  /// Three or more significant digits, with separators of thousands.
  static String text(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "–";
    }
    if (size >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return size >= 10
        ? String.format(Locale.ROOT, "%.1f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
