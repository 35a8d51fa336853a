package com.secureapprove.chat.gateway.fanout;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known here of one stream: how far it has come, its newest entries, and the way to the
/// older ones.
///
/// On one thread only.
final class StreamHistory {
  private final int shard;
  private final RecentEntries recent;
  private final StreamPages pages;
  private @Nullable StreamPosition end;
  private int beginnings;

  StreamHistory(int shard, RecentEntries recent, StreamPages pages) {
    this.shard = shard;
    this.recent = recent;
    this.pages = pages;
  }

  int shard() {
    return shard;
  }

  /// The last entry that has come; null as long as the stream could not be asked.
  @Nullable StreamPosition end() {
    return end;
  }

  /// How often what was known before had to be given up. Positions of before mean nothing after.
  int beginnings() {
    return beginnings;
  }

  /// Begins anew with the stream's newest entries, oldest first.
  void begin(List<StreamEntry> newest) {
    beginnings++;
    StreamPosition first =
        newest.isEmpty() ? StreamPosition.beginning(shard) : newest.getFirst().position();
    recent.restart(first);
    end = first;
    newest.stream().skip(1).forEach(this::add);
  }

  void add(StreamEntry entry) {
    recent.add(entry);
    end = entry.position();
  }

  boolean remembers(StreamPosition position) {
    return recent.reachBackTo(position);
  }

  /// From memory, what came after a position that is remembered, up to and including the other.
  Collection<StreamEntry> between(StreamPosition after, StreamPosition upTo) {
    return recent.between(after, upTo);
  }

  /// From Redis, a page of what came after a position; nothing where it is not kept any more.
  Future<Optional<List<StreamEntry>>> pageAfter(StreamPosition position) {
    return pages.after(position);
  }
}
