package com.secureapprove.chat.serviceplatform.outbox;

import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Finds out which events a shard's stream holds, after Redis lost some or a relay died between
/// appending and storing its progress. Blocks.
final class StreamComparison {
  private static final int PAGE = 1_000;

  private final StreamCommands<String, String, String> streams;
  private final EventCodec codec;

  StreamComparison(RedisDataSource redis, EventCodec codec) {
    this.streams = redis.stream(String.class);
    this.codec = codec;
  }

  /// The event of an entry; empty if there is no such entry.
  Optional<UUID> eventAt(int shard, StreamId id) {
    return id.equals(StreamId.NONE)
        ? Optional.empty()
        : streams
            .xrange(RedisKeys.stream(shard), StreamRange.of(id.toString(), id.toString()), 1)
            .stream()
            .findFirst()
            .flatMap(this::event);
  }

  /// The events of all entries from one on, that one included.
  Set<UUID> eventsFrom(int shard, StreamId first) {
    Set<UUID> events = new HashSet<>();
    String from = first.toString();
    while (true) {
      List<StreamMessage<String, String, String>> page =
          streams.xrange(RedisKeys.stream(shard), StreamRange.of(from, "+"), PAGE);
      page.forEach(entry -> event(entry).ifPresent(events::add));
      if (page.size() < PAGE) {
        return events;
      }
      from = "(" + page.getLast().id();
    }
  }

  /// Whether the stream holds nothing that is as old as this entry.
  boolean beginsAfter(int shard, StreamId id) {
    List<StreamMessage<String, String, String>> first =
        streams.xrange(RedisKeys.stream(shard), StreamRange.of("-", "+"), 1);
    return first.isEmpty() || StreamId.parse(first.getFirst().id()).compareTo(id) > 0;
  }

  private Optional<UUID> event(StreamMessage<String, String, String> entry) {
    return codec.idOf(entry.payload().getOrDefault(EventStreams.FIELD, ""));
  }
}
