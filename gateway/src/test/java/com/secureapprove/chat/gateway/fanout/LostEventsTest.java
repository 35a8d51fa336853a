package com.secureapprove.chat.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.TestBus;
import com.secureapprove.chat.gateway.UpstreamStubs;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.XAddArgs;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A gateway that has missed entries of the stream and detects it later.
@QuarkusTest
class LostEventsTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject RedisDataSource redis;
  @Inject EventCodec codec;
  @Inject TestBus bus;

  @AfterEach
  void goOn() {
    services.goOn();
  }

  @Test
  void noPositionIsAheadOfUndeliveredEventsIfTheStreamIsLostDuringALookup() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String lookup = "/internal/conversations/" + conversation;
    try (Client bob = Client.connected("acme", "bob")) {
      services.hang(lookup);
      bus.publish("acme", 1, TestBus.message(conversation, "undecided", 1, null));
      services.awaitCall(lookup);
      lose();
      bob.nextOf("resync");
      String entry = bus.publish(TestBus.envelope("acme", 1, notification("bob", "then")));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> {
            bob.say("{\"type\":\"ping\"}");
            JsonNode frame = bob.next();
            if (frame.path("type").asText().equals("pong")) {
              assertThat(frame.path("event_id").asText()).doesNotContain(entry);
            }
            return frame.path("type").asText().equals("then");
          });
    }
  }

  @Test
  void lostMembershipChangesTakeEffect() {
    UUID conversation = services.conversation(6, "alice", "bob");
    try (Client bob = Client.connected("acme", "bob");
        Client carol = Client.connected("acme", "carol")) {
      bus.publish("acme", 1, notification("bob", "seen"));
      bob.nextOf("seen");
      services.change(conversation, 8, "alice", "carol");
      lose(
          TestBus.envelope("acme", 7, TestBus.removed(conversation, "bob")),
          TestBus.envelope("acme", 8, TestBus.added(conversation, "carol")));
      bob.nextOf("resync");
      carol.nextOf("resync");
      services.change(conversation, 9, "alice", "carol");
      bus.publish(
          "acme",
          9,
          new ChatEvent.ConversationUpdated(
              conversation, "not for bob", UpstreamStubs.userId("alice")));
      bus.publish("acme", 1, notification("bob", "then"));
      assertThat(carol.next().path("type").asText()).isEqualTo("conversation_updated");
      assertThat(bob.next().path("type").asText()).isEqualTo("then");
    }
  }

  /// Typing has no version. It depends on the memberships that are loaded again after a loss.
  @Test
  void aPersonRemovedInALostEventMayNotType() {
    UUID conversation = services.conversation(6, "alice", "bob");
    String typing = "{\"type\":\"typing\",\"conversation_id\":\"" + conversation + "\"}";
    try (Client bob = Client.connected("acme", "bob")) {
      bob.say(typing);
      bob.noneOf("error");
      bus.publish("acme", 1, notification("bob", "seen"));
      bob.nextOf("seen");
      services.change(conversation, 7, "alice");
      lose(TestBus.envelope("acme", 7, TestBus.removed(conversation, "bob")));
      bob.nextOf("resync");
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> {
            bob.say(typing);
            bob.say("{\"type\":\"ping\"}");
            JsonNode frame = bob.next();
            boolean isRefused = frame.path("type").asText().equals("error");
            while (!frame.path("type").asText().equals("pong")) {
              frame = bob.next();
            }
            return isRefused;
          });
    }
  }

  /// Replaces the stream by one with these events and with lower entry IDs. The gateway detects the
  /// loss and continues after these events.
  private void lose(EventEnvelope... events) {
    String stream = RedisKeys.stream(EventStreams.shardOf("acme"));
    redis.withTransaction(transaction -> {
      transaction.key().del(stream);
      transaction.stream(String.class)
          .xadd(stream, new XAddArgs().id("5-1"), Map.of(EventStreams.FIELD, "not an event"));
      for (int i = 0; i < events.length; i++) {
        transaction.stream(String.class)
            .xadd(
                stream,
                new XAddArgs().id("5-" + (i + 2)),
                Map.of(EventStreams.FIELD, codec.encode(events[i])));
      }
    });
  }

  private static ChatEvent notification(String person, String name) {
    return new ChatEvent.NotificationPublished(
        List.of(UpstreamStubs.userId(person)), name, "{}", Instant.now());
  }
}
