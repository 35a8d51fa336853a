package com.secureapprove.chat.platform.outbox;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Brings the outbox and the stream together again where the stream's last event of this part is
/// not the one that the outbox has as its last. Blocks.
final class Reconciliation {
  private static final Logger LOG = Logger.getLogger(Reconciliation.class);

  /// How many entries are looked through for what a relay appended before it died: a batch, and
  /// what other parts appended at the same time.
  private static final int MOST_SEARCHED = 4_000;

  /// What was appended so shortly before everything was lost is repeated though it is applied:
  /// gateways are no group, and may not have read it.
  private static final Duration YOUNG = Duration.ofSeconds(15);

  private final StreamCommands<String, String, String> streams;
  private final EventCodec codec;
  private final Counter repeated;

  Reconciliation(RedisDataSource redis, EventCodec codec, MeterRegistry meters) {
    this.streams = redis.stream(String.class);
    this.codec = codec;
    this.repeated =
        Counter.builder("chat_events_repeated")
            .description("Events appended again because Redis had lost them")
            .register(meters);
  }

  /// Makes those rows pending that are not on the stream, and those published that are.
  ///
  /// @param known the last place that a row of the shard has
  /// @param at the place of this part's last entry on the stream
  void reconcile(Connection connection, int shard, StreamId known, StreamId at)
      throws SQLException {
    if (OutboxRows.eventAt(connection, shard, at).isPresent()) {
      // up to there it is the stream that we know
      repeatAfter(connection, shard, at);
    } else if (at.compareTo(known) > 0
        && (known.equals(StreamId.NONE) || holds(connection, shard, known))) {
      // a relay died between appending and marking
      int found = OutboxRows.markFound(connection, shard, entries(shard, known, at));
      LOG.infof("stream_has_more shard=%d events_found=%d", shard, found);
    } else if (isAnew(shard, known)) {
      // nobody can come back to a place on what is gone: only who has not applied it needs it
      int again = OutboxRows.unpublishUnapplied(connection, shard, YOUNG);
      tell(shard, "everything", again);
    } else {
      // another stream, such as that of an older copy: whatever we still have may not be on it
      repeatAfter(connection, shard, StreamId.NONE);
    }
  }

  private void repeatAfter(Connection connection, int shard, StreamId end) throws SQLException {
    // that was a place on what is lost
    OutboxRows.markApplied(connection, shard, StreamId.NONE);
    tell(shard, "after " + end, OutboxRows.unpublishAfter(connection, shard, end));
  }

  private void tell(int shard, String lost, int again) {
    if (again > 0) {
      repeated.increment(again);
      LOG.warnf("stream_lost_events shard=%d lost=%s events_repeated=%d", shard, lost, again);
    }
  }

  /// Whether the stream holds nothing from before our last event.
  private boolean isAnew(int shard, StreamId known) {
    List<StreamMessage<String, String, String>> first =
        streams.xrange(EventStreams.stream(shard), StreamRange.of("-", "+"), 1);
    return first.isEmpty() || StreamId.parse(first.getFirst().id()).compareTo(known) > 0;
  }

  private boolean holds(Connection connection, int shard, StreamId id) throws SQLException {
    Optional<UUID> ours = OutboxRows.eventAt(connection, shard, id);
    return ours.isPresent()
        && ours.get().equals(entries(shard, id, id).keySet().stream().findFirst().orElse(null));
  }

  private Map<UUID, StreamId> entries(int shard, StreamId from, StreamId to) {
    List<StreamMessage<String, String, String>> found =
        streams.xrevrange(
            EventStreams.stream(shard),
            StreamRange.of(to.toString(), from.toString()),
            MOST_SEARCHED);
    Map<UUID, StreamId> entries = new LinkedHashMap<>();
    for (StreamMessage<String, String, String> entry : found) {
      event(entry).ifPresent(event -> entries.put(event.id(), StreamId.parse(entry.id())));
    }
    return entries;
  }

  private Optional<EventEnvelope> event(StreamMessage<String, String, String> entry) {
    try {
      return codec.decode(entry.payload().getOrDefault(EventStreams.FIELD, ""));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
