package com.secureapprove.chat.message;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Batches of delivered positions from gateways.
@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class DeliveredPositionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject @PersistenceUnitExtension StatementCounter statements;
  @Inject PublishedEvents streams;

  private final TestSender alice = TestSender.of("acme");
  private final TestSender bob = TestSender.of("acme");
  private final TestSender carol = TestSender.of("acme");

  private record Delivered(UUID conversation, TestSender person, long seq) {
    Map<String, Object> json() {
      return Map.of("conversation_id", conversation, "user_id", person.id(), "seq", seq);
    }
  }

  private static void tell(List<Delivered> items) {
    given()
        .auth()
        .oauth2(BackingServices.shared().componentToken("gateway", "message", "acme"))
        .contentType("application/json")
        .body(Map.of("items", items.stream().map(Delivered::json).toList()))
        .post("/internal/delivered")
        .then()
        .statusCode(204);
  }

  private static void tell(Delivered... items) {
    tell(List.of(items));
  }

  /// The position events of a conversation, after `count` have arrived.
  private List<JsonNode> moves(UUID conversation, int count) {
    List<JsonNode> moves = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          moves.clear();
          streams.eventsOf(conversation).stream()
              .filter(event -> event.path("type").asText().equals("positions_changed"))
              .forEach(event -> moves.add(event.path("data")));
          assertThat(moves).hasSize(count);
        });
    return moves;
  }

  private static List<String> told(List<JsonNode> moves, TestSender sender) {
    return moves.stream()
        .flatMap(move -> stream(move.path("statuses")))
        .filter(change -> change.path("sender_id").asText().equals(sender.id()))
        .map(change -> change.path("message_id").asText())
        .toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(array::get);
  }

  @Test
  void aBatchOfAnySizeTakesFourStatements() {
    List<Delivered> items = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      TestSender reader = TestSender.of("acme");
      UUID conversation = TestSender.conversationOf(alice, reader);
      alice.send(conversation, "hello").then().statusCode(201);
      items.add(new Delivered(conversation, reader, 1));
    }
    assertThat(statements.since(() -> tell(items))).isNotEmpty().hasSizeLessThanOrEqualTo(4);
    items.forEach(item ->
        alice.history(item.conversation(), "").then().body("status", contains("delivered")));
    assertThat(statements.since(() -> tell(items))).hasSize(1);
  }

  @Test
  void aMessageThatReachesManyTogetherChangesItsStatusOnce() {
    UUID conversation = TestSender.conversationOf(alice, bob, carol);
    String alices = alice.send(conversation, "1").path("id");
    String bobs = bob.send(conversation, "2").path("id");
    tell(
        new Delivered(conversation, alice, 2),
        new Delivered(conversation, bob, 2),
        new Delivered(conversation, carol, 1));

    List<JsonNode> moves = moves(conversation, 3);
    assertThat(told(moves, alice)).containsExactly(alices);
    assertThat(told(moves, bob)).containsExactly(bobs);
    assertThat(moves)
        .extracting(move -> move.path("user_id").asText())
        .containsExactlyInAnyOrder(alice.id(), bob.id(), carol.id());
    alice.history(conversation, "").then().body("status", everyItem(is("delivered")));
  }

  @Test
  void theSameOneTwiceCountsUpToTheFarther() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    IntStream.range(0, 3).forEach(i -> alice.send(conversation, "m" + i).then().statusCode(201));
    tell(new Delivered(conversation, bob, 1), new Delivered(conversation, bob, 3));
    tell(new Delivered(conversation, bob, 2));

    assertThat(moves(conversation, 1).getFirst().path("delivered_seq").asInt()).isEqualTo(3);
  }

  @Test
  void someoneWhoseRowIsBusyHoldsUpNobodyElseAndIsNotForgotten() throws Exception {
    List<UUID> conversations =
        Stream.of(bob, carol)
            .map(reader -> TestSender.conversationOf(alice, reader))
            .sorted(Comparator.naturalOrder())
            .toList();
    conversations.forEach(it -> alice.send(it, "hello").then().statusCode(201));
    List<Delivered> both =
        conversations.stream()
            .flatMap(it -> Stream.of(bob, carol).map(reader -> new Delivered(it, reader, 1)))
            .toList();
    UUID busy = conversations.getFirst();
    CompletableFuture<Void> telling;
    try (Connection database = BackingServices.shared().superuser(MessageStores.DATABASE);
        PreparedStatement lock =
            database.prepareStatement(
                "select 1 from message.participant where conversation_id = ? and user_id <> ?"
                    + " for update")) {
      database.setAutoCommit(false);
      lock.setObject(1, busy);
      lock.setString(2, alice.id());
      lock.executeQuery().close();
      telling = CompletableFuture.runAsync(() -> tell(both));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              alice
                  .history(conversations.getLast(), "")
                  .then()
                  .body("status", contains("delivered")));
      alice.history(busy, "").then().body("status", contains("sent"));
      database.rollback();
    }
    telling.join();
    alice.history(busy, "").then().body("status", contains("delivered"));
  }
}
