package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.gateway.authentication.PersonCache;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.frames.ServerFrame;
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
import org.jspecify.annotations.Nullable;

/// Delivers events to the sessions that are open here. Any thread may call.
@Startup
@Singleton
public class Fanout {
  private final Vertx vertx;
  private final List<Shard> shards;

  Fanout(
      Vertx vertx,
      ReactiveRedisDataSource redis,
      EventCodec codec,
      MembershipClient owner,
      PersonCache linked,
      Delivery delivery,
      ResumeConfig config,
      GatewayMeters meters) {
    this.vertx = vertx;
    ReactiveStreamCommands<String, String, String> streams = redis.stream(String.class);
    this.shards =
        EventStreams.shards().stream()
            .map(number ->
                new Shard(number, vertx, streams, codec, owner, linked, delivery, config, meters))
            .toList();
  }

  @PostConstruct
  void start() {
    for (Shard shard : shards) {
      vertx.deployVerticle(shard).toCompletionStage().toCompletableFuture().join();
    }
  }

  void stop(@Observes ShutdownEvent shutdown) {
    shards.forEach(Shard::stopFollowing);
  }

  /// A session is open: once its person's memberships are known it is welcomed, gets what it has
  /// missed, or is told to reload, and then hears of everything that concerns them.
  ///
  /// @param lastEventId where the client says that it stands, whatever it is; null where it begins
  public void join(Connection connection, @Nullable String lastEventId) {
    shardOf(connection.tenant()).join(connection, lastEventId);
  }

  /// A session is over.
  public void leave(Connection connection) {
    shardOf(connection.tenant()).leave(connection);
  }

  /// Tells a session where it stands: after everything that was written to it up to there.
  public void pong(Connection connection) {
    shardOf(connection.tenant()).pong(connection);
  }

  /// Tells those of a tenant whom it concerns that somebody came or went. On any thread.
  void tellPresence(String tenant, ServerFrame.Presence frame) {
    shardOf(tenant).with(tenant, audience -> audience.presenceBroadcast().heard(frame));
  }

  /// Tells those in a conversation something that is not kept, except one person.
  void tellOthers(String tenant, UUID conversation, String person, ServerFrame frame) {
    shardOf(tenant)
        .with(tenant, audience -> audience.people().tellOthers(conversation, person, frame));
  }

  /// Does something for a person who is in a conversation, or something else for one who is not.
  void ifIn(String tenant, UUID conversation, String person, Runnable inside, Runnable outside) {
    shardOf(tenant)
        .with(
            tenant,
            audience -> (audience.people().isIn(conversation, person) ? inside : outside).run());
  }

  private Shard shardOf(String tenant) {
    return shards.get(EventStreams.shardOf(tenant));
  }
}
