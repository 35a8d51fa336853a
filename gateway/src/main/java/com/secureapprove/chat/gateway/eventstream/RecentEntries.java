package com.secureapprove.chat.gateway.eventstream;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The newest entries of a stream in memory, without gaps, up to the last entry that was received.
/// Bounded by count and size.
///
/// Not thread-safe.
final class RecentEntries {
  private final int maxEntries;
  private final long maxBytes;
  private final NavigableMap<EntryId, StreamEntry> entries = new TreeMap<>();
  private long bytes;

  /// The position directly before the first entry in memory.
  private @Nullable StreamPosition before;

  RecentEntries(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /// Removes all entries. The next entry to add follows the position.
  void restart(StreamPosition position) {
    entries.clear();
    bytes = 0;
    before = position;
  }

  void add(StreamEntry entry) {
    entries.put(entry.position().entry(), entry);
    bytes += entry.size();
    while (entries.size() > maxEntries || bytes > maxBytes) {
      StreamEntry eldest = entries.pollFirstEntry().getValue();
      bytes -= eldest.size();
      before = eldest.position();
    }
  }

  /// Whether all entries after the position are in memory.
  boolean reachBackTo(StreamPosition position) {
    if (position.equals(before)) {
      return true;
    }
    StreamEntry entry = entries.get(position.entry());
    return entry != null && entry.position().equals(position);
  }

  /// The entries after one position, up to and including the other.
  Collection<StreamEntry> between(StreamPosition after, StreamPosition upTo) {
    return entries.subMap(after.entry(), false, upTo.entry(), true).values();
  }
}
