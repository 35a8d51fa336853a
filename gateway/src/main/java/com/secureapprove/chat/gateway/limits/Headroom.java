package com.secureapprove.chat.gateway.limits;

import java.time.Duration;

/// How many attempts of one key this gateway may allow before Redis has counted them.
///
/// While a person is far below the limit, waiting for Redis would only add a round trip to each
/// message. This gateway may use a quarter of the room that Redis last reported. So the limit holds
/// exactly for a person at one gateway. At several gateways, a person can exceed it if the reports
/// are old: at each gateway by at most a quarter of the room reported there. Thread-safe.
final class Headroom {
  private static final int PART = 4;

  /// A report is used for this long. Other gateways may have used the room since.
  private static final long VALID_NANOS = Duration.ofSeconds(10).toNanos();

  private long room;
  private long knownAt;
  private int uncounted;

  /// Takes an attempt ahead of its count, if there is enough room.
  ///
  /// @param now as of [System#nanoTime()], as in all methods
  synchronized boolean take(long now) {
    if ((uncounted + 1L) * PART > room || now - knownAt > VALID_NANOS) {
      return false;
    }
    uncounted++;
    return true;
  }

  /// Redis has counted an attempt, or did not respond.
  ///
  /// @param wasAhead whether [#take] had allowed the attempt
  /// @param left for how many more attempts there is room; 0 if that is unknown
  synchronized void counted(boolean wasAhead, long left, long now) {
    if (wasAhead) {
      uncounted--;
    }
    room = left;
    knownAt = now;
  }
}
