package com.secureapprove.chat.message;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class SendingTest {
  private final TestSender alice = TestSender.of("acme");
  private final TestSender bob = TestSender.of("acme");
  private final TestSender dave = TestSender.of("globex");

  @Test
  void sentMessageIsAnsweredInFullAndFoundInTheHistory() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    alice
        .send(conversation, "Hello 👋", "key-1")
        .then()
        .statusCode(201)
        .body("conversation", equalTo(conversation.toString()))
        .body("seq", equalTo(1))
        .body("sender_id", equalTo(alice.id()))
        .body("sender_name", equalTo(alice.id()))
        .body("sender_email", equalTo(alice.id() + "@example.org"))
        .body("content", equalTo("Hello 👋"))
        .body("has_attachments", equalTo(false))
        .body("attachments", equalTo(List.of()))
        .body("client_message_id", equalTo("key-1"))
        .body("status", equalTo("sent"))
        .body("created_at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    bob.history(conversation, "").then().statusCode(200).body("content", hasItem("Hello 👋"));
  }

  @Test
  void sameKeyReturnsTheFirstMessage() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    String first =
        alice.send(conversation, "once", "k").then().statusCode(201).extract().path("id");
    alice.send(conversation, "once", "k").then().statusCode(200).body("id", equalTo(first));
    bob.history(conversation, "").then().body("size()", equalTo(1));
  }

  @Test
  void sameKeyWithAnotherBodyIsAConflict() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    alice.send(conversation, "one", "k").then().statusCode(201);
    alice.send(conversation, "two", "k").then().statusCode(409).body("status", equalTo(409));
  }

  @Test
  void sameKeyOfAnotherSenderIsAnotherMessage() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    alice.send(conversation, "mine", "k").then().statusCode(201).body("seq", equalTo(1));
    bob.send(conversation, "mine too", "k").then().statusCode(201).body("seq", equalTo(2));
  }

  @Test
  void keyInHeaderAndBodyMustAgree() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    alice
        .request()
        .header("Idempotency-Key", "a")
        .body(Map.of("content", "x", "client_message_id", "b"))
        .post("/api/chat/conversations/{id}/messages/", conversation)
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("client_message_id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|content",
        "{\"content\":\"\"}|content",
        "{\"content\":\"  \\n \"}|content",
        "{\"content\":7}|content",
        "{\"content\":\"a\",\"tenant\":\"globex\"}|tenant",
        "{\"content\":\"a\\u0000b\"}|content",
        "{\"content\":\"\\ud83d\"}|content",
        "{\"content\":\"x\",\"client_message_id\":\"\"}|client_message_id",
        "{\"content\":\"x\",\"client_message_id\":\"ä\"}|client_message_id",
        "{\"content\":\"x\",\"attachment_ids\":[\"no-uuid\"]}|attachment_ids.[0]",
      })
  void badBodiesAreRefusedByField(String body, String field) {
    UUID conversation = TestSender.conversationOf(alice, bob);
    alice
        .request()
        .body(body)
        .post("/api/chat/conversations/{id}/messages/", conversation)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations.field", hasItem(field))
        .body("error", not(equalTo("")));
    bob.history(conversation, "").then().body("size()", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "null", "\"text\"", "{\"content\":\"a\"} trailing", ""})
  void malformedJsonIsAProblem(String body) {
    UUID conversation = TestSender.conversationOf(alice, bob);
    alice
        .request()
        .body(body)
        .post("/api/chat/conversations/{id}/messages/", conversation)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("status", equalTo(400));
  }

  @Test
  void contentIsCountedInCodePoints() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    alice.send(conversation, "😀".repeat(5_000)).then().statusCode(201);
    alice.send(conversation, "😀".repeat(5_001)).then().statusCode(400);
  }

  @Test
  void malformedIdIsABadRequestAndAnUnknownOneIsNotFound() {
    alice
        .request()
        .body(Map.of("content", "x"))
        .post("/api/chat/conversations/not-a-uuid/messages/")
        .then()
        .statusCode(400);
    alice.send(UUID.randomUUID(), "x").then().statusCode(404);
  }

  @Test
  void strangersOfTheTenantAreForbiddenAndOtherTenantsFindNothing() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    TestSender carol = TestSender.of("acme");
    carol.send(conversation, "let me in").then().statusCode(403);
    carol.history(conversation, "").then().statusCode(403);
    carol.markRead(conversation, "{}").then().statusCode(403);
    dave.send(conversation, "let me in").then().statusCode(404);
    dave.history(conversation, "").then().statusCode(404);
    dave.markRead(conversation, "{}").then().statusCode(404);
    dave.summary(conversation).then().statusCode(200).body("summaries", equalTo(List.of()));
  }

  @Test
  void ownerIsAskedWhereTheMembershipHasNotArrived() {
    UUID conversation = UUID.randomUUID();
    MessageUpstreams.conversationServiceKnows(
        conversation.toString(), 3, List.of(alice.id(), bob.id()));
    alice.send(conversation, "early bird").then().statusCode(201).body("seq", equalTo(1));
  }

  @Test
  void anOwnerThatBreaksOffItsAnswerIsAnOutage() {
    for (Response refusal :
        List.of(
            alice.send(MessageUpstreams.BROKEN_OFF, "hello"),
            alice.history(MessageUpstreams.BROKEN_OFF, ""),
            alice.markRead(MessageUpstreams.BROKEN_OFF, "{}"))) {
      refusal.then().statusCode(503).header("Retry-After", notNullValue());
    }
  }

  @Test
  void whoKnockedInVainGetsInAsSoonAsTheyAreAdded() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    TestSender carol = TestSender.of("acme");
    MessageUpstreams.conversationServiceKnows(
        conversation.toString(), 1, List.of(alice.id(), bob.id()));
    carol.history(conversation, "").then().statusCode(403);
    MessageUpstreams.conversationServiceKnows(
        conversation.toString(), 2, List.of(alice.id(), bob.id(), carol.id()));
    carol.history(conversation, "").then().statusCode(200);
    carol.send(conversation, "I am in").then().statusCode(201);
  }

  @Test
  void everyItemOfABatchHasItsOwnOutcome() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    TestSender carol = TestSender.of("acme");
    List<Map<String, Object>> outcomes =
        given()
            .auth()
            .oauth2(BackingServices.shared().componentToken("gateway", "message", "acme"))
            .contentType("application/json")
            .body(
                Map.of(
                    "items",
                    List.of(
                        item(conversation, alice, "one", "1"),
                        item(conversation, carol, "stranger", "1"),
                        item(conversation, bob, "two", "1"),
                        item(conversation, alice, "", "2"),
                        item(conversation, alice, "one", "1"),
                        item(conversation, alice, "three", "3"))))
            .post("/internal/messages")
            .then()
            .statusCode(200)
            .extract()
            .path("outcomes");
    assertThat(outcomes)
        .extracting(SendingTest::inShort)
        .containsExactly(
            "1 created", "forbidden", "2 created", "invalid", "1 known already", "3 created");
  }

  private static String inShort(Map<String, Object> outcome) {
    if (outcome.get("refusal") instanceof Map<?, ?> refusal) {
      return String.valueOf(refusal.get("code"));
    }
    return ((Map<?, ?>) outcome.get("message")).get("seq")
        + (Boolean.TRUE.equals(outcome.get("created")) ? " created" : " known already");
  }

  private static Map<String, Object> item(
      UUID conversation, TestSender sender, String content, String key) {
    return Map.of(
        "conversation_id", conversation,
        "sender_id", sender.id(),
        "content", content,
        "attachment_ids", List.of(),
        "client_message_id", key);
  }

  @Test
  void concurrentSendersGetNumbersWithoutGaps() throws Exception {
    UUID conversation = TestSender.conversationOf(alice, bob);
    Callable<Void> tenMessages =
        () -> {
          for (int i = 0; i < 10; i++) {
            alice.send(conversation, "m").then().statusCode(201);
          }
          return null;
        };
    try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
      for (Future<Void> sender :
          senders.invokeAll(IntStream.range(0, 4).mapToObj(_ -> tenMessages).toList())) {
        sender.get();
      }
    }
    List<Integer> seqs = bob.history(conversation, "?limit=200").path("seq");
    assertThat(seqs).containsExactlyElementsOf(IntStream.rangeClosed(1, 40).boxed().toList());
  }

  @Test
  void onlyInternalTokensForThisServiceAreAccepted() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    String path = "/api/chat/conversations/" + conversation + "/messages/";
    given().get(path).then().statusCode(401).contentType("application/problem+json");
    given().auth().oauth2("x.y.z").get(path).then().statusCode(401);
    String forAnother = BackingServices.shared().componentToken("gateway", "presence", "acme");
    given().auth().oauth2(forAnother).get(path).then().statusCode(401);
    String partAlone = BackingServices.shared().componentToken("gateway", "message", "acme");
    given().auth().oauth2(partAlone).get(path).then().statusCode(403);
    alice
        .request()
        .body(Map.of("items", List.of()))
        .post("/internal/messages")
        .then()
        .statusCode(403);
  }

  @Test
  void databaseItselfHidesWhatNoTenantAskedFor() throws Exception {
    UUID conversation = TestSender.conversationOf(alice, bob);
    alice.send(conversation, "secret").then().statusCode(201);
    BackingServices backing = BackingServices.shared();
    try (Connection service =
        DriverManager.getConnection(
            backing.jdbcUrl(MessageStores.DATABASE),
            "chat_message",
            backing.password("chat_message"))) {
      assertThat(count(service)).isZero();
      service.createStatement().execute("select set_config('chat.tenant', 'globex', false)");
      assertThat(count(service)).isZero();
      service.createStatement().execute("select set_config('chat.tenant', 'acme', false)");
      assertThat(count(service)).isPositive();
    }
  }

  private static long count(Connection connection) throws Exception {
    try (ResultSet rows =
        connection.createStatement().executeQuery("select count(*) from message.message")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
