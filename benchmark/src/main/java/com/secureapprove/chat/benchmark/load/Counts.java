package com.secureapprove.chat.benchmark.load;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Recorder;

/// What all people of a workload have counted together.
///
/// @param refused answered with an error, or not sent because the connection was closed
/// @param delivered frames `message_created`, at all other people
/// @param latency nanoseconds from the intended send to the frame at another person
public record Counts(
    AtomicLong sent, AtomicLong acked, AtomicLong refused, AtomicLong delivered, Recorder latency) {

  /// Zeros.
  public static Counts fresh() {
    return new Counts(
        new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong(), new Recorder(3));
  }
}
