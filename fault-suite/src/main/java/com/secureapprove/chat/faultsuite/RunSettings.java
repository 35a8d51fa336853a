package com.secureapprove.chat.faultsuite;

import com.secureapprove.chat.localstack.Checkout;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The options of a run.
///
/// @param time the duration of faults
/// @param seed of the faults and of the actions of people
/// @param replicas the number of instances of each component
/// @param messagesPerSecond the intended rate of all people together
/// @param meanGap the mean time between two faults
/// @param home the directory of the stack; emptied before the run
/// @param former the release with which a run of an upgrade and its roll back begins and ends; null
///   for a run with faults
public record RunSettings(
    Duration time,
    long seed,
    int replicas,
    int messagesPerSecond,
    Duration meanGap,
    Path home,
    @Nullable Checkout former) {

  private static final long PAGE = 4096;
  private static final long SPARE = 16L << 20;

  /// The size of the disk of the file store in bytes. Only a fault may fill it. One message in a
  /// hundred has a file, which is smaller than a page.
  long diskBytes() {
    return SPARE + PAGE * Math.max(1, time.toSeconds()) * messagesPerSecond / 50;
  }
}
