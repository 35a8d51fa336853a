package com.secureapprove.chat.platform.events;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/// The event bus: [#SHARDS] Redis Streams. `RedisKeys` documents their keys.
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
}
