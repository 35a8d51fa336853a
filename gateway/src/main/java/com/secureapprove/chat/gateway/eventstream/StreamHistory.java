package com.secureapprove.chat.gateway.eventstream;

import com.secureapprove.chat.gateway.limits.Share;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One stream up to the last entry that was delivered: the newest entries from memory, older ones
/// from Redis.
///
/// On the shard's event loop only.
public final class StreamHistory {
  private final int shard;
  private final RecentEntries recent;
  private final StreamReader reader;
  private @Nullable StreamPosition end;
  private int restarts;

  StreamHistory(int shard, RecentEntries recent, StreamReader reader) {
    this.shard = shard;
    this.recent = recent;
    this.reader = reader;
  }

  public int shard() {
    return shard;
  }

  /// The position of the last entry; null until Redis has answered the first read.
  public @Nullable StreamPosition end() {
    return end;
  }

  /// How often the history was restarted. Positions from before a restart are not comparable with
  /// positions after it.
  public int restarts() {
    return restarts;
  }

  /// Replaces the history by the newest entries of the stream, oldest first.
  public void restart(List<StreamEntry> newest) {
    restarts++;
    StreamPosition first =
        newest.isEmpty() ? StreamPosition.beginning(shard) : newest.getFirst().position();
    recent.restart(first);
    end = first;
    newest.stream().skip(1).forEach(this::add);
  }

  /// Appends the next entry.
  public void add(StreamEntry entry) {
    recent.add(entry);
    end = entry.position();
  }

  /// Whether memory holds all entries after the position.
  public boolean isInMemory(StreamPosition position) {
    return recent.reachBackTo(position);
  }

  /// The entries after a position that is in memory, up to and including the other.
  public Collection<StreamEntry> between(StreamPosition after, StreamPosition upTo) {
    return recent.between(after, upTo);
  }

  /// A page of entries after the position, read from Redis; empty if the stream no longer holds the
  /// position's entry.
  ///
  /// @param share the person for whom it is read
  public Future<Optional<List<StreamEntry>>> pageAfter(StreamPosition position, Share share) {
    return reader.after(position, share);
  }
}
