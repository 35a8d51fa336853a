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

/// Events while membership lookups fail or are slow.
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
  void eventsOfKnownConversationsDoNotWaitForFailedLookups() {
    UUID known = services.conversation(1, "alice", "bob");
    List<UUID> unknown = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      unknown.add(services.conversation(1, "alice", "bob"));
    }
    try (Client bob = Client.connected("acme", "bob")) {
      bus.publish("acme", 1, TestBus.message(known, "hello", 1, null));
      bob.nextOf("message_created");
      services.conversationsAreDown(true);
      for (UUID conversation : unknown) {
        bus.publish("acme", 1, TestBus.message(conversation, "undecided", 1, null));
      }
      bus.publish("acme", 1, TestBus.message(known, "still here", 1, null));
      for (int i = 0; i < unknown.size(); i++) {
        assertThat(bob.next().path("type").asText()).isEqualTo("resync");
      }
      assertThat(bob.next().path("message").path("content").asText()).isEqualTo("still here");
      // with a lookup per event there would be three attempts for each conversation
      assertThat(services.calls("/internal/conversations/")).hasSizeLessThan(unknown.size());
      services.conversationsAreDown(false);
      await()
          .atMost(PATIENCE)
          .until(() -> {
            bus.publish("acme", 1, TestBus.message(unknown.getFirst(), "again", 1, null));
            return bob.next().path("type").asText().equals("message_created");
          });
    }
  }

  @Test
  void queuedEventsAreGivenUpBeyondTheByteLimit() {
    UUID conversation = services.conversation(1, "alice", "bob");
    List<EventEnvelope> events = new ArrayList<>();
    events.add(TestBus.envelope("acme", 1, TestBus.message(conversation, "undecided", 1, null)));
    for (int i = 0; i < 25; i++) {
      events.add(TestBus.envelope("acme", 1, large("carol")));
    }
    try (Client bob = Client.connected("acme", "bob")) {
      services.hang("/internal/conversations/" + conversation);
      String first = publishInOneTransaction(events);
      JsonNode resync = bob.nextOf("resync");
      assertThat(resync.path("event_id").asText()).isNotEmpty().doesNotContain(first);
    }
  }

  @Test
  void aLateLookupDoesNotBringBackARemovedPerson() {
    UUID conversation = services.conversation(6, "alice", "bob");
    String lookup = "/internal/memberships?user_id=" + UpstreamStubs.userId("bob");
    try (Client alice = Client.connected("acme", "alice")) {
      services.hang(lookup);
      try (Client bob = Client.open(Client.builder(), "Bearer " + Client.token("acme", "bob"))) {
        services.awaitCall(lookup);
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

  /// @return the ID of the first entry
  private String publishInOneTransaction(List<EventEnvelope> events) {
    String stream = RedisKeys.stream(EventStreams.shardOf("acme"));
    return redis
        .withTransaction(transaction ->
            events.forEach(event ->
                transaction.stream(String.class)
                    .xadd(stream, Map.of(EventStreams.FIELD, codec.encode(event)))))
        .get(0);
  }
}
