package com.secureapprove.chat.gateway.fanout;

import java.util.Comparator;

/// The id of a stream's entry, which orders it.
record EntryId(long milliseconds, long number) implements Comparable<EntryId> {
  private static final Comparator<EntryId> ORDER =
      Comparator.comparingLong(EntryId::milliseconds).thenComparingLong(EntryId::number);

  static EntryId of(String text) {
    int dash = text.indexOf('-');
    return new EntryId(
        Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }

  @Override
  public int compareTo(EntryId other) {
    return ORDER.compare(this, other);
  }
}
