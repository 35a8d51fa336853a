package com.secureapprove.chat.platform.events;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/// The Redis keys of the event bus. Each has a hash tag, so that all keys of one function are on
/// one node of a Redis Cluster:
///
/// - `chat:{s3}:events`: the stream of shard 3; field `e` holds an encoded [EventCodec] envelope
/// - `chat:{s3}:fence:message`: the highest fencing token that message-service's relay has used
/// - `chat:{s3}:ends`: a hash from service to the id of its last appended entry
/// - `chat:{s3}:dead:message`: events that message-service could not apply
public final class EventStreams {
  /// The number of streams. Changing it moves tenants between streams: drain them first.
  public static final int SHARDS = 8;

  /// The one field of a stream's entries.
  public static final String FIELD = "e";

  private EventStreams() {}

  /// The shard of a tenant. It is the same in every component and never changes.
  public static int shardOf(String tenant) {
    CRC32 crc = new CRC32();
    crc.update(tenant.getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() % SHARDS);
  }

  /// All shards, from 0.
  public static List<Integer> shards() {
    return IntStream.range(0, SHARDS).boxed().toList();
  }

  public static String stream(int shard) {
    return "chat:{s" + shard + "}:events";
  }

  public static String fence(int shard, String part) {
    return "chat:{s" + shard + "}:fence:" + part;
  }

  public static String ends(int shard) {
    return "chat:{s" + shard + "}:ends";
  }

  public static String deadLetters(int shard, String part) {
    return "chat:{s" + shard + "}:dead:" + part;
  }
}
