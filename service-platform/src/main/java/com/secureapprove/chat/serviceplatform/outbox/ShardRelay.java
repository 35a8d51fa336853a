package com.secureapprove.chat.serviceplatform.outbox;

import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.platform.redis.RedisKeys;
import com.secureapprove.chat.serviceplatform.outbox.OutboxRows.Row;
import com.secureapprove.chat.serviceplatform.outbox.RelayLeases.Lease;
import com.secureapprove.chat.serviceplatform.outbox.RelayLeases.Progress;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The state of one shard while this replica holds its lease: the end of its stream, and how far it
/// is published and applied. For the relay's thread.
final class ShardRelay {
  /// More entries than this are only remembered while a group is far behind. Without the oldest,
  /// more events than needed are repeated if Redis loses everything at that time.
  private static final int MAX_POSITIONS = 10_000;

  private final int shard;
  private final String component;
  private final RedisFunctions functions;
  private final long fence;
  private StreamId end;
  private @Nullable UUID endEvent;
  private long published;
  private long applied;

  /// For the entry that was the last one at a time: all events up to the position were on the
  /// stream.
  private final TreeMap<StreamId, Long> positions = new TreeMap<>();

  /// Rows above the published position that are on the stream already.
  private final Set<Long> appended = new HashSet<>();

  /// Events that were found on the stream, and are not to be appended again.
  private final Set<UUID> found = new HashSet<>();

  private boolean foundLately;

  ShardRelay(int shard, String component, RedisFunctions functions, Lease lease) {
    this.shard = shard;
    this.component = component;
    this.functions = functions;
    this.fence = lease.fence();
    this.end = lease.progress().end();
    this.endEvent = lease.progress().endEvent();
    this.published = lease.progress().published();
    this.applied = lease.progress().applied();
  }

  int shard() {
    return shard;
  }

  long fence() {
    return fence;
  }

  StreamId end() {
    return end;
  }

  Optional<UUID> endEvent() {
    return Optional.ofNullable(endEvent);
  }

  long published() {
    return published;
  }

  long applied() {
    return applied;
  }

  Progress progress() {
    return new Progress(published, applied, end, endEvent);
  }

  /// Appends the rows that are not on the stream yet, in their order.
  ///
  /// @return empty if they are on the stream now; else the entry that Redis has as this component's
  ///   last, which is another one than this relay knows, and nothing was appended
  Optional<StreamId> append(List<Row> rows) {
    List<Row> missing =
        rows.stream()
            .filter(row -> row.position() > published)
            .filter(row -> !appended.contains(row.position()) && !found.contains(row.eventId()))
            .toList();
    return appendAll(missing);
  }

  private Optional<StreamId> appendAll(List<Row> missing) {
    List<String> arguments = new ArrayList<>(missing.size() + 4);
    arguments.add(component);
    arguments.add(Long.toString(fence));
    arguments.add(end.toString());
    StringBuilder kinds = new StringBuilder(missing.size());
    missing.forEach(row -> kinds.append(EventCodec.isFrequent(row.payload()) ? 'f' : 'c'));
    arguments.add(kinds.toString());
    missing.forEach(row -> arguments.add(row.payload()));
    List<String> answer =
        call(
            "chat_append",
            List.of(
                RedisKeys.stream(shard),
                RedisKeys.fence(shard, component),
                RedisKeys.ends(shard),
                RedisKeys.changes(shard)),
            arguments);
    if (!answer.isEmpty() && answer.getFirst().equals("AT")) {
      return Optional.of(StreamId.parse(answer.getLast()));
    }
    missing.forEach(row -> appended.add(row.position()));
    if (!missing.isEmpty()) {
      end = StreamId.parse(answer.getLast());
      endEvent = missing.getLast().eventId();
    }
    return Optional.empty();
  }

  /// Appends rows again though they are published, after Redis lost events. Leaves out those that
  /// were found on the stream.
  ///
  /// @return how many were appended
  /// @throws IllegalStateException if the stream has changed again
  int appendAgain(List<Row> rows) {
    List<Row> missing = rows.stream().filter(row -> !found.contains(row.eventId())).toList();
    if (!missing.isEmpty()) {
      appendAll(missing)
          .ifPresent(at -> {
            throw new IllegalStateException("the stream changed to " + at);
          });
    }
    return missing.size();
  }

  /// From now on the stream ends with this entry of this component.
  void continueAfter(StreamId at, @Nullable UUID event) {
    end = at;
    endEvent = event;
  }

  /// These events are on the stream.
  void found(Set<UUID> events) {
    found.addAll(events);
    foundLately = true;
  }

  /// Forgets everything about the stream, after Redis lost data.
  void forget() {
    positions.clear();
    appended.clear();
    found.clear();
  }

  /// All events up to the position are on the stream.
  void published(long position) {
    if (position > published) {
      published = position;
      appended.removeIf(each -> each <= position);
    }
    positions.put(end, published);
    if (positions.size() > MAX_POSITIONS) {
      positions.pollFirstEntry();
    }
  }

  /// Every group has applied the stream up to this entry.
  void applied(StreamId id) {
    Map.Entry<StreamId, Long> known = positions.floorEntry(id);
    if (known != null) {
      applied = Math.max(applied, known.getValue());
      positions.headMap(known.getKey()).clear();
    }
  }

  /// Trims the stream to the resume window and the maximum length.
  void trim(long keptMillis, int length) {
    if (!foundLately) {
      found.clear();
    }
    foundLately = false;
    Response answer =
        functions.call(
            "chat_trim",
            List.of(RedisKeys.stream(shard), RedisKeys.ends(shard), RedisKeys.changes(shard)),
            List.of(
                Long.toString(keptMillis), Integer.toString(length), component, end.toString()));
    if (answer != null) {
      applied(StreamId.parse(answer.toString()));
    } else if (end.equals(StreamId.NONE)) {
      applied(StreamId.NONE); // no stream, so there is nothing to apply
    }
  }

  private List<String> call(String function, List<String> keys, List<String> arguments) {
    List<String> answer = new ArrayList<>();
    Response response = functions.call(function, keys, arguments);
    if (response != null) {
      response.forEach(each -> answer.add(each.toString()));
    }
    return answer;
  }
}
