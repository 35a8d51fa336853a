package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.frames.FrameWriter;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import com.secureapprove.chat.gateway.identity.LinkedPeople;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Delivers events to the sessions that are open here. Any thread may call.
@Startup
@Singleton
public class Fanout {
  private final Vertx vertx;
  private final ReactiveStreamCommands<String, String, String> streams;
  private final GatewayMeters meters;
  private final List<Shard> shards;
  private final List<StreamTail> tails = new CopyOnWriteArrayList<>();

  Fanout(
      Vertx vertx,
      ReactiveRedisDataSource redis,
      EventCodec codec,
      OwnerQuestions owner,
      LinkedPeople linked,
      FrameWriter writer,
      DeliveredPositions delivered,
      GatewayMeters meters) {
    this.vertx = vertx;
    this.streams = redis.stream(String.class);
    this.meters = meters;
    this.shards =
        EventStreams.shards().stream()
            .map(number -> new Shard(number, codec, owner, linked, writer, delivered, meters))
            .toList();
  }

  @PostConstruct
  void start() {
    for (Shard shard : shards) {
      vertx.deployVerticle(shard).toCompletionStage().toCompletableFuture().join();
      StreamTail tail = new StreamTail(vertx, shard.context(), streams, shard, meters);
      tails.add(tail);
      tail.start();
    }
  }

  void stop(@Observes ShutdownEvent shutdown) {
    tails.forEach(StreamTail::stop);
  }

  /// A session is open: once its person's memberships are known it is welcomed, and then hears of
  /// everything that concerns them.
  public void join(Connection connection) {
    shardOf(connection.tenant()).join(connection);
  }

  /// A session is over.
  public void leave(Connection connection) {
    shardOf(connection.tenant()).leave(connection);
  }

  /// Where a session of that tenant stands that has got everything.
  public @Nullable String positionOf(String tenant) {
    return shardOf(tenant).positionOf(tenant);
  }

  /// Tells everybody of a tenant something that is not kept. On any thread.
  void tellTenant(String tenant, ServerFrame frame) {
    shardOf(tenant).with(tenant, audience -> audience.tellAll(frame));
  }

  /// Tells those in a conversation something that is not kept, except one person.
  void tellOthers(String tenant, UUID conversation, String person, ServerFrame frame) {
    shardOf(tenant).with(tenant, audience -> audience.tellOthers(conversation, person, frame));
  }

  /// Does something for a person who is in a conversation, or something else for one who is not.
  void ifIn(String tenant, UUID conversation, String person, Runnable inside, Runnable outside) {
    shardOf(tenant)
        .with(tenant, audience -> (audience.isIn(conversation, person) ? inside : outside).run());
  }

  private Shard shardOf(String tenant) {
    return shards.get(EventStreams.shardOf(tenant));
  }
}
