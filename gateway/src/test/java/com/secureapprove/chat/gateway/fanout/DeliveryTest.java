package com.secureapprove.chat.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.TestBus;
import com.secureapprove.chat.gateway.UpstreamStubs;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeliveryTest extends GatewayTest {
  @Inject RedisDataSource redis;
  @Inject TestBus bus;

  @Test
  void aMessageReachesAllConnectionsOfParticipantsExceptTheSender() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client alice = Client.open(Client.builder(), bearer("acme", "alice"));
        Client aliceToo = Client.connected("acme", "alice");
        Client bob = Client.connected("acme", "bob");
        Client carol = Client.connected("acme", "carol");
        Client dave = Client.connected("globex", "dave")) {
      String session = alice.next().path("session_id").asText();
      bus.publish("acme", 1, TestBus.message(conversation, "hello", 1, session));
      for (Client recipient : List.of(aliceToo, bob)) {
        JsonNode frame = recipient.next();
        assertThat(frame.path("type").asText()).isEqualTo("message_created");
        assertThat(frame.path("conversation_id").asText()).isEqualTo(conversation.toString());
        assertThat(frame.path("message").path("content").asText()).isEqualTo("hello");
        assertThat(frame.path("event_id").asText()).isNotEmpty();
      }
      // a pong without a frame before it shows that the client did not receive the event
      alice.nothingButPong();
      carol.nothingButPong();
      dave.nothingButPong();
      UUID theirs = services.conversation(1, "dave");
      bus.publish("globex", 1, TestBus.message(theirs, "ours", 1, null));
      assertThat(dave.next().path("message").path("content").asText()).isEqualTo("ours");
      bob.nothingButPong();
    }
  }

  @Test
  void aDuplicateEventIsDeliveredOnce() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client bob = Client.connected("acme", "bob")) {
      EventEnvelope event =
          TestBus.envelope("acme", 1, TestBus.message(conversation, "once", 1, null));
      bus.publish(event);
      bus.publish(event);
      bus.publish("acme", 1, TestBus.message(conversation, "then", 1, null));
      assertThat(bob.next().path("message").path("content").asText()).isEqualTo("once");
      assertThat(bob.next().path("message").path("content").asText()).isEqualTo("then");
    }
  }

  @Test
  void anAddedPersonReceivesEventsAndARemovedPersonDoesNot() {
    UUID conversation = services.conversation(1, "alice");
    try (Client alice = Client.connected("acme", "alice");
        Client bob = Client.connected("acme", "bob")) {
      services.change(conversation, 2, "alice", "bob");
      bus.publish(
          "acme",
          2,
          new ChatEvent.ParticipantAdded(
              conversation, List.of(UpstreamStubs.userId("bob")), UpstreamStubs.userId("alice")));
      assertThat(bob.next().path("type").asText()).isEqualTo("participant_added");
      assertThat(alice.next().path("type").asText()).isEqualTo("participant_added");
      bus.publish("acme", 1, TestBus.message(conversation, "welcome", 2, null));
      assertThat(bob.next().path("message").path("content").asText()).isEqualTo("welcome");
      alice.next();
      // the message was sent after the removal, but its event comes before the removal event
      services.change(conversation, 3, "alice");
      bus.publish("acme", 2, TestBus.message(conversation, "among us", 3, null));
      bus.publish(
          "acme",
          3,
          new ChatEvent.ParticipantRemoved(
              conversation, UpstreamStubs.userId("bob"), UpstreamStubs.userId("alice")));
      assertThat(alice.next().path("message").path("content").asText()).isEqualTo("among us");
      assertThat(alice.next().path("type").asText()).isEqualTo("participant_removed");
      assertThat(bob.next().path("type").asText()).isEqualTo("participant_removed");
      bob.nothingButPong();
    }
  }

  @Test
  void aMessageBeforeTheAdditionEventReachesTheAddedPerson() {
    UUID conversation = services.conversation(1, "alice");
    try (Client bob = Client.connected("acme", "bob")) {
      services.change(conversation, 2, "alice", "bob");
      bus.publish("acme", 1, TestBus.message(conversation, "early", 2, null));
      assertThat(bob.next().path("message").path("content").asText()).isEqualTo("early");
    }
  }

  @Test
  void deactivationClosesThePersonsConnections() {
    try (Client leaver = Client.connected("globex", "erin")) {
      bus.publish("globex", 2, setInactive("erin"));
      assertThat(leaver.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  void deactivationDuringTheLookupRefusesThePerson() {
    UUID conversation = services.conversation(1, "dave", "erin");
    try (Client dave = Client.connected("globex", "dave")) {
      services.hang("/internal/sign-ins");
      CompletableFuture<Integer> answer =
          CompletableFuture.supplyAsync(
              () -> as("globex", "frank").get("/api/chat/conversations/").statusCode());
      services.awaitCall("/internal/sign-ins", "frank");
      bus.publish("globex", 2, setInactive("frank"));
      bus.publish("globex", 1, TestBus.message(conversation, "after it", 1, ""));
      assertThat(dave.nextOf("message_created").path("message").path("content").asText())
          .isEqualTo("after it");
      services.goOn();
      assertThat(answer.join()).isEqualTo(403);
      as("globex", "frank").get("/api/chat/conversations/").then().statusCode(403);
    } finally {
      services.goOn();
    }
  }

  private static ChatEvent setInactive(String person) {
    return new ChatEvent.UserUpserted(
        UpstreamStubs.userId(person), person, person + "@globex.example", false);
  }

  @Test
  void positionsReachTheSenderAndTheReader() {
    UUID conversation = services.conversation(1, "alice", "bob");
    UUID message = UUID.randomUUID();
    try (Client alice = Client.connected("acme", "alice");
        Client bob = Client.connected("acme", "bob")) {
      bus.publish(
          "acme",
          1,
          new ChatEvent.PositionsChanged(
              conversation,
              UpstreamStubs.userId("bob"),
              3L,
              3L,
              2,
              List.of(
                  new ChatEvent.StatusChange(
                      UpstreamStubs.userId("alice"), message, MessageStatus.READ)),
              List.of(
                  new ChatEvent.StatusChange(
                      UpstreamStubs.userId("alice"), message, MessageStatus.READ)),
              null));
      JsonNode status = alice.next();
      assertThat(status.path("type").asText()).isEqualTo("message_status");
      assertThat(status.path("messages").path(0).path("status").asText()).isEqualTo("read");
      assertThat(status.path("read_seq").asLong()).isEqualTo(3);
      JsonNode own = bob.next();
      assertThat(own.path("user_id").asText()).isEqualTo("id-of-bob");
      assertThat(own.path("messages").path(0).path("id").asText()).isEqualTo(message.toString());
      assertThat(own.path("messages").path(0).path("status").asText()).isEqualTo("read");
    }
  }

  @Test
  void readPositionsReachOnlyTheOtherConnectionsOfTheReader() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client reading = Client.connected("acme", "bob");
        Client other = Client.connected("acme", "bob")) {
      bus.publish(
          "acme",
          1,
          new ChatEvent.PositionsChanged(
              conversation,
              UpstreamStubs.userId("bob"),
              1L,
              1L,
              2,
              List.of(),
              List.of(),
              reading.session()));
      bus.publish("acme", 1, TestBus.message(conversation, "after it", 1, null));
      assertThat(other.next().path("type").asText()).isEqualTo("message_status");
      assertThat(reading.next().path("message").path("content").asText()).isEqualTo("after it");
    }
  }

  @Test
  void anUnreadableEntryDoesNotBlockTheStream() {
    UUID conversation = services.conversation(1, "bob");
    try (Client bob = Client.connected("acme", "bob")) {
      redis.stream(String.class)
          .xadd(
              RedisKeys.stream(EventStreams.shardOf("acme")),
              Map.of(EventStreams.FIELD, "not an event"));
      bus.publish("acme", 1, TestBus.message(conversation, "after", 1, null));
      assertThat(bob.next().path("message").path("content").asText()).isEqualTo("after");
    }
  }

  @Test
  void typingReachesOnlyTheOtherParticipants() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client alice = Client.connected("acme", "alice");
        Client bob = Client.connected("acme", "bob");
        Client carol = Client.connected("acme", "carol")) {
      alice.say("{\"type\":\"typing\",\"conversation_id\":\"" + conversation + "\"}");
      JsonNode typing = bob.nextOf("typing");
      assertThat(typing.path("user_id").asText()).isEqualTo("id-of-alice");
      assertThat(typing.path("conversation_id").asText()).isEqualTo(conversation.toString());
      alice.noneOf("typing");
      carol.noneOf("typing");
      carol.say("{\"type\":\"typing\",\"conversation_id\":\"" + conversation + "\"}");
      assertThat(carol.nextOf("error").path("code").asText()).isEqualTo("not-found");
      bob.noneOf("typing");
    }
  }

  /// 120 a minute, as for other changes. Alice's signal after them shows that they have arrived.
  @Test
  void typingInManyConversationsIsLimited() {
    List<UUID> conversations =
        Stream.generate(() -> services.conversation(1, "carol", "bob", "alice"))
            .limit(150)
            .toList();
    try (Client alice = Client.connected("acme", "alice");
        Client bob = Client.connected("acme", "bob");
        Client carol = Client.connected("acme", "carol")) {
      for (UUID conversation : conversations) {
        carol.say("{\"type\":\"typing\",\"conversation_id\":\"" + conversation + "\"}");
      }
      carol.nothingButPong();
      alice.say("{\"type\":\"typing\",\"conversation_id\":\"" + conversations.getFirst() + "\"}");
      int ofCarol = 0;
      while (bob.nextOf("typing").path("user_id").asText().equals("id-of-carol")) {
        ofCarol++;
      }
      assertThat(ofCarol).isBetween(1, 130);
    }
  }

  @Test
  void typingIsReceivedAfterRedisClosedTheSubscriptions() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client alice = Client.connected("acme", "alice");
        Client bob = Client.connected("acme", "bob")) {
      interruptSubscriptions(redis);
      alice.say("{\"type\":\"typing\",\"conversation_id\":\"" + conversation + "\"}");
      assertThat(bob.nextOf("typing").path("conversation_id").asText())
          .isEqualTo(conversation.toString());
    }
  }

  @Test
  void activitySendsAPresenceFrameToTheTenant() {
    redis.key().del("chat:{acme}:seen", "chat:{acme}:online");
    try (Client alice = Client.connected("acme", "alice")) {
      JsonNode presence = alice.nextOf("presence");
      while (!presence.path("user_id").asText().equals("id-of-alice")) {
        presence = alice.nextOf("presence"); // of a person who was active in an earlier test
      }
      assertThat(presence.path("is_online").asBoolean()).isTrue();
      assertThat(presence.path("last_seen").asText()).endsWith("Z");
    }
  }

  @Test
  void aMessageWrittenToAConnectionIsReportedAsDelivered() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client bob = Client.connected("acme", "bob")) {
      bus.publish("acme", 1, TestBus.message(conversation, "hello", 1, null));
      bob.nextOf("message_created");
      UpstreamStubs.Call call = services.awaitCall("/internal/delivered", conversation.toString());
      assertThat(call.body())
          .contains(conversation.toString(), "\"user_id\":\"id-of-bob\"", "\"seq\":1");
    }
  }

  @Test
  void markReadIsForwardedInThePersonsName() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client bob = Client.connected("acme", "bob")) {
      bob.say("{\"type\":\"mark_read\",\"conversation_id\":\"" + conversation + "\"}");
      UpstreamStubs.Call call =
          services.awaitCall("/api/chat/conversations/" + conversation + "/mark_read");
      assertThat(call.body()).isEqualTo("{}");
      assertThat(call.header("X-Chat-Session")).isEqualTo(bob.session());
    }
  }

  @Test
  void deliveredIsForwardedInThePersonsName() {
    UUID conversation = services.conversation(1, "alice", "bob");
    UUID message = UUID.randomUUID();
    try (Client bob = Client.connected("acme", "bob")) {
      bob.say(
          "{\"type\":\"delivered\",\"conversation_id\":\"%s\",\"up_to\":\"%s\"}"
              .formatted(conversation, message));
      UpstreamStubs.Call call =
          services.awaitCall("/internal/conversations/" + conversation + "/delivered");
      assertThat(call.body()).isEqualTo("{\"up_to\":\"" + message + "\"}");
    }
  }

  private static String bearer(String tenant, String userName) {
    return "Bearer " + Client.token(tenant, userName);
  }
}
