package com.secureapprove.chat.gateway.connection;

/// How many frames a client may still send: so many a second, and twice as many at once.
///
/// On one thread only.
final class FrameBudget {
  private static final double SECOND = 1e9;

  private final int perSecond;
  private double left;
  private long at;

  /// @param now as of [System#nanoTime()], as everywhere here
  FrameBudget(int perSecond, long now) {
    this.perSecond = perSecond;
    this.left = most();
    this.at = now;
  }

  /// Takes one, if there is one.
  boolean take(long now) {
    left = Math.min(most(), left + (now - at) / SECOND * perSecond);
    at = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }

  private double most() {
    return 2.0 * perSecond;
  }
}
