package com.secureapprove.chat.gateway.eventstream;

import java.util.Comparator;

/// The ID that Redis gives a stream entry. IDs order the entries of a stream.
record EntryId(long milliseconds, long number) implements Comparable<EntryId> {
  /// Lower than every ID of an entry.
  static final EntryId ZERO = new EntryId(0, 0);

  private static final Comparator<EntryId> ORDER =
      Comparator.comparingLong(EntryId::milliseconds).thenComparingLong(EntryId::number);

  /// @throws NumberFormatException if the text is not an entry ID
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
