package com.secureapprove.chat.message;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.testsupport.backing.BackingServices;
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

  /// The header is the trace of the call, which serves the sends of several people.
  @Test
  void everyEventOfABatchHasTheTraceOfItsSend() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    String first = "1".repeat(32);
    String second = "2".repeat(32);
    given()
        .auth()
        .oauth2(BackingServices.shared().componentToken("gateway", "message", "acme"))
        .header("X-Request-Id", "3".repeat(32))
        .contentType("application/json")
        .body(
            Map.of(
                "items",
                List.of(item(conversation, alice, first), item(conversation, bob, second))))
        .post("/internal/messages")
        .then()
        .statusCode(200);

    assertThat(awaitEvents(conversation, 2))
        .extracting(event -> event.path("trace").asText())
        .containsExactly(first, second);
  }

  private static Map<String, Object> item(UUID conversation, TestSender sender, String trace) {
    return Map.of(
        "conversation_id",
        conversation,
        "sender_id",
        sender.id(),
        "content",
        "hello",
        "attachment_ids",
        List.of(),
        "client_message_id",
        UUID.randomUUID().toString(),
        "trace",
        trace);
  }

  @Test
  void someoneWhoLeftIsNeverToldWhatIsReadOrDeliveredAfterwards() {
    TestSender carol = TestSender.of("acme");
    TestSender dan = TestSender.of("acme");
    UUID conversation = TestSender.conversationOf(alice, bob, carol, dan);
    carol.send(conversation, "carol was here").then().statusCode(201);
    TestSender.membership("acme", conversation, 2, alice, bob, dan).then().statusCode(204);
    String last = alice.send(conversation, "after carol left").path("id");

    bob.history(conversation, "").then().statusCode(200);
    bob.markRead(conversation, "{}").then().body("marked_read", equalTo(2));
    alice
        .request()
        .body(Map.of("up_to", last))
        .post("/internal/conversations/{id}/delivered", conversation)
        .then()
        .statusCode(204);
    reportDelivered(conversation, dan, 2);
    List<JsonNode> events = awaitEvents(conversation, 6);
    assertThat(events)
        .filteredOn(event -> event.path("type").asText().equals("positions_changed"))
        .hasSize(4)
        .allSatisfy(event ->
            assertThat(event.at("/data/statuses").findValuesAsText("sender_id"))
                .doesNotContain(carol.id()));
    assertThat(events)
        .anySatisfy(event ->
            assertThat(event.at("/data/statuses").findValuesAsText("sender_id"))
                .contains(alice.id()));
  }

  private static void reportDelivered(UUID conversation, TestSender person, long seq) {
    given()
        .auth()
        .oauth2(BackingServices.shared().componentToken("gateway", "message", person.tenant()))
        .contentType("application/json")
        .body(
            Map.of(
                "items",
                List.of(
                    Map.of("conversation_id", conversation, "user_id", person.id(), "seq", seq))))
        .post("/internal/delivered")
        .then()
        .statusCode(204);
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
