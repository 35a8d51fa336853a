package com.secureapprove.chat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class EventsTest {
  @Inject ObjectMapper json;
  @Inject PublishedEvents streams;

  private final TestSender alice = TestSender.of("acme");
  private final TestSender bob = TestSender.of("acme");

  private List<JsonNode> awaitEvents(UUID conversation, int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(streams.eventsOf(conversation)).hasSize(count));
    return streams.eventsOf(conversation);
  }

  @Test
  void messagesReachTheTenantsStreamInTheirOrder() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    for (int i = 1; i <= 20; i++) {
      (i % 2 == 0 ? alice : bob).send(conversation, "m" + i).then().statusCode(201);
    }
    List<JsonNode> events = awaitEvents(conversation, 20);
    for (int i = 1; i <= 20; i++) {
      assertThat(events.get(i - 1).at("/data/message/seq").asInt()).isEqualTo(i);
    }
  }

  @Test
  void repeatedSendIsNotPublishedAgain() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    alice.send(conversation, "x", "k").then().statusCode(201);
    alice.send(conversation, "x", "k").then().statusCode(200);
    alice.send(conversation, "y", "l").then().statusCode(201);
    assertThat(awaitEvents(conversation, 2))
        .extracting(event -> event.at("/data/message/content").asText())
        .containsExactly("x", "y");
  }

  @Test
  void messageCreatedLooksAsInItsGoldenFile() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    String id =
        alice
            .request()
            .header("X-Chat-Session", "session-1")
            .body(Map.of("content", "Hello", "client_message_id", "key-1"))
            .post("/api/chat/conversations/{id}/messages/", conversation)
            .path("id");
    String event = awaitEvents(conversation, 1).getFirst().toPrettyString();
    assertGolden("message_created.json", event, conversation, Map.of(id, "<message>"));
  }

  @Test
  void positionsChangedLooksAsInItsGoldenFile() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    String id = alice.send(conversation, "Hello").path("id");
    bob.request()
        .header("X-Chat-Session", "session-1")
        .body("{}")
        .post("/api/chat/conversations/{id}/mark_read/", conversation)
        .then()
        .statusCode(200);
    String event = awaitEvents(conversation, 2).getLast().toPrettyString();
    assertGolden("positions_changed.json", event, conversation, Map.of(id, "<message>"));
  }

  private void assertGolden(
      String file, String event, UUID conversation, Map<String, String> names) {
    String neutral =
        event
            .replace(conversation.toString(), "<conversation>")
            .replace(alice.id(), "<alice>")
            .replace(bob.id(), "<bob>");
    for (Map.Entry<String, String> name : names.entrySet()) {
      neutral = neutral.replace(name.getKey(), name.getValue());
    }
    neutral =
        neutral
            .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}Z", "<time>")
            .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "<uuid>");
    try (InputStream golden = EventsTest.class.getResourceAsStream("/golden/" + file)) {
      assertThat(json.readTree(neutral)).isEqualTo(json.readTree(golden));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
