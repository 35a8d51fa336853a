package com.secureapprove.chat.gateway.fanout;

import java.util.Comparator;

/// The id of a stream's entry, which orders it.
record EntryId(long milliseconds, long number) implements Comparable<EntryId> {
  /// Before every entry.
  static final EntryId ZERO = new EntryId(0, 0);

  private static final Comparator<EntryId> ORDER =
      Comparator.comparingLong(EntryId::milliseconds).thenComparingLong(EntryId::number);

  /// @throws NumberFormatException where it is none
  static EntryId of(String text) {
    int dash = text.indexOf('-');
    return new EntryId(
        Long.parseLong(text.substring(0, Math.max(dash, 0))),
        Long.parseLong(text.substring(dash + 1)));
  }

  @Override
  public int compareTo(EntryId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return milliseconds + "-" + number;
  }
}
