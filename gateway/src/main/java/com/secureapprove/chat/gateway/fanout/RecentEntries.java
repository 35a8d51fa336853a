package com.secureapprove.chat.gateway.fanout;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The newest entries of a stream, in memory, without a gap up to the last one that came.
///
/// On one thread only.
final class RecentEntries {
  private final int mostEntries;
  private final long mostBytes;
  private final NavigableMap<EntryId, StreamEntry> entries = new TreeMap<>();
  private long bytes;

  /// What came right before the first that is kept.
  private @Nullable StreamPosition before;

  RecentEntries(int mostEntries, long mostBytes) {
    this.mostEntries = mostEntries;
    this.mostBytes = mostBytes;
  }

  /// Begins anew after that position.
  void restart(StreamPosition position) {
    entries.clear();
    bytes = 0;
    before = position;
  }

  void add(StreamEntry entry) {
    entries.put(entry.position().entry(), entry);
    bytes += entry.size();
    while (entries.size() > mostEntries || bytes > mostBytes) {
      StreamEntry eldest = entries.pollFirstEntry().getValue();
      bytes -= eldest.size();
      before = eldest.position();
    }
  }

  /// Whether everything that came after that position is here.
  boolean reachBackTo(StreamPosition position) {
    if (position.equals(before)) {
      return true;
    }
    StreamEntry entry = entries.get(position.entry());
    return entry != null && entry.position().equals(position);
  }

  /// What came after one position, up to and including the other.
  Collection<StreamEntry> between(StreamPosition after, StreamPosition upTo) {
    return entries.subMap(after.entry(), false, upTo.entry(), true).values();
  }
}
