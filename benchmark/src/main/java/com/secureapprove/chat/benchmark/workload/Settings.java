package com.secureapprove.chat.benchmark.workload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long and how large a run is.
///
/// @param quick whether sizes are reduced, so that all workloads take a few minutes
/// @param time how long each figure is measured
/// @param warmUp load before the first figure
/// @param rounds how often a figure and its limit are measured in turn
/// @param histories numbers of stored messages for the workload of growth
/// @param minutes length of the soak
/// @param connections idle connections
/// @param profiles where flame graphs go; null for none
public record Settings(
    boolean quick,
    Duration time,
    Duration warmUp,
    int rounds,
    List<Integer> histories,
    int minutes,
    int connections,
    @Nullable Path profiles) {

  /// The settings in words, for the report.
  public String text() {
    return "%s, %d s each after %d s, %d rounds, histories %s, soak %d min, %,d connections"
        .formatted(
            quick ? "quick" : "full",
            time.toSeconds(),
            warmUp.toSeconds(),
            rounds,
            histories,
            minutes,
            connections);
  }

  /// A size of the full run, or of the quick run.
  int size(int full, int reduced) {
    return quick ? reduced : full;
  }
}
