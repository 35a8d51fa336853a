package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.gateway.authentication.PersonCache;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.delivery.Delivery;
import com.secureapprove.chat.gateway.eventstream.StreamTails;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.membership.MembershipClient;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.gateway.posting.DeliveryLag;
import com.secureapprove.chat.gateway.resume.ResumeConfig;
import com.secureapprove.chat.platform.events.EventStreams;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Delivers events and signals to the connections of this gateway. Thread-safe: each call runs on
/// the event loop of the tenant's shard.
@Startup
@Singleton
public class Fanout {
  private final Vertx vertx;
  private final List<Shard> shards;

  Fanout(
      Vertx vertx,
      StreamTails tails,
      MembershipClient memberships,
      PersonCache persons,
      Delivery delivery,
      ResumeConfig config,
      RateLimits limits,
      GatewayMeters meters,
      DeliveryLag lag) {
    this.vertx = vertx;
    this.shards =
        EventStreams.shards().stream()
            .map(number ->
                new Shard(
                    number,
                    tails.of(number),
                    memberships,
                    persons,
                    delivery,
                    config,
                    limits,
                    meters,
                    lag))
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

  /// Adds an open connection. It is greeted after its person's memberships are loaded. Then it gets
  /// the events that it missed, or a resync, and after that all events that concern the person.
  ///
  /// @param lastEventId the resume position that the client sent, not validated; null for a new
  ///   client
  public void join(Connection connection, @Nullable String lastEventId) {
    shardOf(connection.tenant()).join(connection, lastEventId);
  }

  /// Removes a closed connection.
  public void leave(Connection connection) {
    shardOf(connection.tenant()).leave(connection);
  }

  /// Answers a ping with the position of the connection, after all frames up to that position.
  public void pong(Connection connection) {
    shardOf(connection.tenant()).pong(connection);
  }

  /// Sends a presence change to the clients of the tenant that it concerns.
  public void sendPresence(String tenant, ServerFrame.Presence frame) {
    shardOf(tenant).with(tenant, audience -> audience.presence().send(frame));
  }

  /// Sends a signal to the participants of a conversation, except to one person.
  public void sendToOthers(String tenant, UUID conversation, String person, ServerFrame frame) {
    shardOf(tenant)
        .with(tenant, audience -> audience.subscribers().sendToOthers(conversation, person, frame));
  }

  /// Runs one of two actions, depending on whether the local person is in the conversation.
  public void ifMember(
      String tenant, UUID conversation, String person, Runnable member, Runnable notMember) {
    shardOf(tenant)
        .with(tenant, audience -> (audience.isIn(conversation, person) ? member : notMember).run());
  }

  private Shard shardOf(String tenant) {
    return shards.get(EventStreams.shardOf(tenant));
  }
}
