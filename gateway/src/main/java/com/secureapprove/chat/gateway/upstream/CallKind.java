package com.secureapprove.chat.gateway.upstream;

import java.util.Locale;

/// The kinds of calls to a part, which do not take each other's places.
public enum CallKind {
  /// The gateway's own, bounded in time each by itself.
  OWN(64, 4_096),
  /// What clients ask, passed on once it is there as a whole.
  FORWARDED(256, 256),
  /// What takes as long as the client takes to send it: that says nothing about the part.
  UPLOAD(64, 64);

  private final int atATime;
  private final int waiting;

  CallKind(int atATime, int waiting) {
    this.atATime = atATime;
    this.waiting = waiting;
  }

  /// How many are made at the same time.
  public int atATime() {
    return atATime;
  }

  /// How many more wait; what comes on top is refused.
  int waiting() {
    return waiting;
  }

  /// The label of the meter.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
