package com.secureapprove.chat.systemtests.chaos;

import java.nio.file.Path;
import java.time.Duration;

/// How a run is to be.
///
/// @param time how long faults go on
/// @param seed of the faults and of what people do
/// @param replicas how many instances of each of our parts
/// @param messagesPerSecond about how many are to be sent, all people together
/// @param meanGap between two faults
/// @param home where the stack keeps what it keeps; emptied before
public record Settings(
    Duration time, long seed, int replicas, int messagesPerSecond, Duration meanGap, Path home) {

  private static final long PAGE = 4096;
  private static final long SPARE = 16L << 20;

  /// How large the disk of the file store has to be: only a fault shall fill it. Of a hundred
  /// messages one brings a file, smaller than a page.
  long diskBytes() {
    return SPARE + PAGE * Math.max(1, time.toSeconds()) * messagesPerSecond / 50;
  }
}
