package com.secureapprove.chat.gateway.eventstream;

import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.problem.Dependencies;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/// Creates the tail of each stream.
@Singleton
public class StreamTails {
  private final Vertx vertx;
  private final ReactiveStreamCommands<String, String, String> streams;
  private final EventCodec codec;
  private final EventStreamConfig config;
  private final GatewayMeters meters;
  private final Dependencies dependencies;

  StreamTails(
      Vertx vertx,
      ReactiveRedisDataSource redis,
      EventCodec codec,
      EventStreamConfig config,
      GatewayMeters meters,
      Dependencies dependencies) {
    this.vertx = vertx;
    this.streams = redis.stream(String.class);
    this.codec = codec;
    this.config = config;
    this.meters = meters;
    this.dependencies = dependencies;
  }

  /// A tail that does not follow its stream yet.
  public StreamTail of(int shard) {
    EntryDecoder decoder = new EntryDecoder(shard, codec, meters::eventUnreadable);
    StreamReader reader = new StreamReader(vertx, streams, decoder, shard, config);
    RecentEntries recent =
        new RecentEntries(config.entriesInMemory(), config.bytesInMemory().asLongValue());
    return new StreamTail(
        vertx,
        reader,
        new StreamHistory(shard, recent, reader),
        RedisKeys.stream(shard),
        config.entriesInMemory(),
        meters,
        dependencies);
  }
}
