package com.secureapprove.chat.importdjango.report;

import java.util.Locale;

/// A line of the sums at the end of a report.
sealed interface ReportLine permits Counter, FindingKind {

  /// The constant's name.
  String name();

  /// The label in the text report.
  String meaning();

  /// The name in the JSON report and in lines of the text report.
  default String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
