package com.secureapprove.chat.serviceplatform.consumer;

import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.XAddArgs;
import io.quarkus.redis.datasource.stream.XGroupCreateArgs;
import io.quarkus.redis.datasource.stream.XReadGroupArgs;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A service's consumer group on the streams of all shards, and the consumer of this replica in it.
/// Every method calls Redis, blocks, and throws if Redis does not answer.
final class ConsumerGroup {
  /// The most entries that one call returns.
  static final int PAGE = 500;

  private static final Duration BLOCK = Duration.ofSeconds(1);

  /// The age at which an unacknowledged entry of another consumer is claimed.
  private static final Duration ABANDONED = Duration.ofSeconds(30);

  /// How long an idle consumer stays in the group.
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private static final long MAX_DEAD_LETTERS = 10_000L;

  /// The entries of all streams that the group has not read, and those that it has read but not
  /// acknowledged.
  record Backlog(long unread, long pending) {}

  private final StreamCommands<String, String, String> streams;
  private final RedisDataSource redis;
  private final RedisFunctions functions;
  private final String name;
  private final String consumer = UUID.randomUUID().toString();
  private final boolean frequent;
  private final Map<String, String> newEntries = new LinkedHashMap<>();

  /// @param frequent whether the service needs frequent events; otherwise it reads the stream of
  ///   changes
  ConsumerGroup(RedisDataSource redis, RedisFunctions functions, String name, boolean frequent) {
    this.streams = redis.stream(String.class);
    this.redis = redis;
    this.functions = functions;
    this.name = name;
    this.frequent = frequent;
    EventStreams.shards().forEach(shard -> newEntries.put(stream(shard), ">"));
  }

  String name() {
    return name;
  }

  /// Creates the group on each stream that has none, and removes ended consumers from it.
  void join() {
    for (int shard : EventStreams.shards()) {
      try {
        streams.xgroupCreate(stream(shard), name, "0", new XGroupCreateArgs().mkstream());
      } catch (RuntimeException e) {
        if (!String.valueOf(e.getMessage()).contains("BUSYGROUP")) {
          throw e;
        }
      }
      forgetEndedConsumers(stream(shard));
    }
  }

  private String stream(int shard) {
    return frequent ? RedisKeys.stream(shard) : RedisKeys.changes(shard);
  }

  /// Removes the group from the streams that this service does not read. A former release read
  /// them; a group that applies nothing would keep all later events in the outbox.
  void leaveUnreadStreams() {
    for (int shard : EventStreams.shards()) {
      String unread = RedisKeys.stream(shard);
      if (!unread.equals(stream(shard)) && redis.key().exists(unread)) {
        streams.xgroupDestroy(unread, name);
      }
    }
  }

  /// Each start of a replica adds a consumer. This removes those of ended replicas.
  private void forgetEndedConsumers(String stream) {
    functions.call(
        "chat_forget_consumers",
        List.of(stream),
        List.of(name, Long.toString(FORGOTTEN.toMillis())));
  }

  /// The next entries of all streams. Waits a second if there are none.
  List<StreamMessage<String, String, String>> read() {
    return streams.xreadgroup(
        name, consumer, newEntries, new XReadGroupArgs().count(PAGE).block(BLOCK));
  }

  /// Takes over entries that another consumer read but did not acknowledge.
  List<StreamMessage<String, String, String>> claimAbandoned(int shard) {
    return streams.xautoclaim(stream(shard), name, consumer, ABANDONED, "0", PAGE).getMessages();
  }

  /// Acknowledges entries of one stream.
  void acknowledge(String stream, List<String> ids) {
    streams.xack(stream, name, ids.toArray(String[]::new));
  }

  /// Copies an entry to the dead letters of its shard.
  void setAside(StreamMessage<String, String, String> message) {
    int shard =
        EventStreams.shards().stream()
            .filter(each -> stream(each).equals(message.key()))
            .findFirst()
            .orElseThrow();
    streams.xadd(
        RedisKeys.deadLetters(shard, name),
        new XAddArgs().maxlen(MAX_DEAD_LETTERS),
        Map.of(EventStreams.FIELD, message.payload().getOrDefault(EventStreams.FIELD, "")));
  }

  /// Asks Redis how far the group is.
  Backlog backlog() {
    long unread = 0;
    long pending = 0;
    for (int shard : EventStreams.shards()) {
      Response groups = redis.execute("XINFO", "GROUPS", stream(shard));
      for (Response each : groups) {
        if (name.equals(String.valueOf(each.get("name")))) {
          unread += number(each.get("lag"));
          pending += number(each.get("pending"));
        }
      }
    }
    return new Backlog(unread, pending);
  }

  /// Redis does not know the lag of a group after entries before its position were deleted.
  private static long number(@Nullable Response value) {
    return value == null ? 0 : value.toLong();
  }
}
