package com.secureapprove.chat.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.UpstreamStubs;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Events while nobody says who is in what, or late.
@QuarkusTest
class MembershipUnavailableTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject RedisDataSource redis;
  @Inject EventCodec codec;
  @Inject TestBus bus;

  @AfterEach
  void goOn() {
    services.goOn();
  }

  @Test
  void whatIsKnownDoesNotWaitForWhatIsNot() {
    UUID known = services.conversation(1, "alice", "bob");
    List<UUID> silent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      silent.add(services.conversation(1, "alice", "bob"));
    }
    try (Client bob = Client.connected("acme", "bob")) {
      bus.publish("acme", 1, TestBus.message(known, "hello", 1, null));
      bob.nextOf("message_created");
      services.conversationsAreDown(true);
      for (UUID conversation : silent) {
        bus.publish("acme", 1, TestBus.message(conversation, "for whom?", 1, null));
      }
      bus.publish("acme", 1, TestBus.message(known, "still here", 1, null));
      for (int i = 0; i < silent.size(); i++) {
        assertThat(bob.next().path("type").asText()).isEqualTo("resync");
      }
      assertThat(bob.next().path("message").path("content").asText()).isEqualTo("still here");
      // three attempts each would have taken three times as many calls, and half a second each
      assertThat(services.calls("/internal/conversations/")).hasSizeLessThan(silent.size());
      services.conversationsAreDown(false);
      await()
          .atMost(PATIENCE)
          .until(() -> {
            bus.publish("acme", 1, TestBus.message(silent.getFirst(), "again", 1, null));
            return bob.next().path("type").asText().equals("message_created");
          });
    }
  }

  @Test
  void whatWaitsForAnAnswerIsGivenUpWhereItGetsTooMuch() {
    UUID conversation = services.conversation(1, "alice", "bob");
    List<EventEnvelope> events = new ArrayList<>();
    events.add(TestBus.envelope("acme", 1, TestBus.message(conversation, "for whom?", 1, null)));
    for (int i = 0; i < 25; i++) {
      events.add(TestBus.envelope("acme", 1, large("carol")));
    }
    try (Client bob = Client.connected("acme", "bob")) {
      services.hang("/internal/conversations/" + conversation);
      String asked = publishAtOnce(events);
      JsonNode resync = bob.nextOf("resync");
      assertThat(resync.path("event_id").asText()).isNotEmpty().doesNotContain(asked);
    }
  }

  @Test
  void aLateAnswerBringsNobodyBackWhoIsOut() {
    UUID conversation = services.conversation(6, "alice", "bob");
    String question = "/internal/memberships?user_id=" + UpstreamStubs.userId("bob");
    try (Client alice = Client.connected("acme", "alice")) {
      services.hang(question);
      try (Client bob = Client.open(Client.builder(), "Bearer " + Client.token("acme", "bob"))) {
        services.awaitCall(question);
        services.change(conversation, 7, "alice");
        bus.publish("acme", 1, TestBus.message(conversation, "among us", 7, null));
        assertThat(alice.next().path("message").path("content").asText()).isEqualTo("among us");
        services.goOn();
        bob.nextOf("connected");
        bus.publish("acme", 1, TestBus.message(conversation, "still", 7, null));
        assertThat(alice.next().path("message").path("content").asText()).isEqualTo("still");
        bob.nothingButPong();
      }
    }
  }

  private static ChatEvent large(String person) {
    String data = "{\"x\":\"" + "x".repeat(200_000) + "\"}";
    return new ChatEvent.NotificationPublished(
        List.of(UpstreamStubs.userId(person)), "notification_large", data, Instant.now());
  }

  /// Answers the id of the first entry.
  private String publishAtOnce(List<EventEnvelope> events) {
    String stream = EventStreams.stream(EventStreams.shardOf("acme"));
    return redis
        .withTransaction(transaction ->
            events.forEach(event ->
                transaction.stream(String.class)
                    .xadd(stream, Map.of(EventStreams.FIELD, codec.encode(event)))))
        .get(0);
  }
}
