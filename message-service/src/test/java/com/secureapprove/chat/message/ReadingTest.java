package com.secureapprove.chat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class ReadingTest {
  private final TestSender alice = TestSender.of("acme");
  private final TestSender bob = TestSender.of("acme");
  private final TestSender carol = TestSender.of("acme");

  private static List<String> sendMany(TestSender sender, UUID conversation, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> sender.send(conversation, "m" + i).<String>path("id"))
        .toList();
  }

  @Test
  void historyPagesForwardAndBackward() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    List<String> ids = sendMany(alice, conversation, 7);

    bob.history(conversation, "?limit=3").then().body("seq", contains(5, 6, 7));
    bob.history(conversation, "?limit=3&before_id=" + ids.get(4))
        .then()
        .body("seq", contains(2, 3, 4))
        .header("Link", containsString("before_id=" + ids.get(1)));
    bob.history(conversation, "?limit=3&before_id=" + ids.get(1))
        .then()
        .body("seq", contains(1))
        .header("Link", nullValue());
    bob.history(conversation, "?limit=3&since_id=" + ids.get(1))
        .then()
        .body("seq", contains(3, 4, 5))
        .header("Link", containsString("since_id=" + ids.get(4)));
    bob.history(conversation, "?since_id=" + ids.get(6)).then().body("size()", equalTo(0));
  }

  @Test
  void historyWithoutParametersHasUpToAThousandMessages() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    for (int batch = 0; batch < 4; batch++) {
      alice.sendBatch(conversation, 251).then().statusCode(200);
    }

    List<Integer> seqs =
        bob.history(conversation, "")
            .then()
            .statusCode(200)
            .header("Link", containsString("&limit=200>"))
            .extract()
            .path("seq");
    assertThat(seqs).containsExactlyElementsOf(IntStream.rangeClosed(5, 1_004).boxed().toList());
    String first = bob.history(conversation, "?limit=200").then().extract().path("[0].id");
    bob.history(conversation, "?before_id=" + first).then().body("size()", equalTo(50));
    bob.history(conversation, "?since_id=" + first).then().body("size()", equalTo(50));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=0", "?limit=201", "?since_id=zzz", "?limit=many"})
  void badQueriesAreRefused(String query) {
    UUID conversation = TestSender.conversationOf(alice, bob);
    bob.history(conversation, query).then().statusCode(400).contentType("application/problem+json");
  }

  @Test
  void anchorsOfAnotherConversationAreNotFound() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    UUID other = TestSender.conversationOf(alice, bob);
    String id = alice.send(other, "elsewhere").path("id");
    bob.history(conversation, "?since_id=" + id).then().statusCode(404);
    bob.history(conversation, "?before_id=" + id).then().statusCode(404);
    bob.markRead(conversation, "{\"up_to\":\"" + id + "\"}").then().statusCode(404);
    bob.history(conversation, "?since_id=" + id + "&before_id=" + id).then().statusCode(400);
  }

  /// The same in fewer digits, with its dashes elsewhere, and as Base64.
  @ParameterizedTest
  @ValueSource(
      strings = {"1-2-3-4-5", "0000001-00002-0003-0004-000000000005", "AAAAAQACAAMABAAAAAAABQ=="})
  void anIdIsWrittenInFull(String id) {
    UUID conversation = TestSender.conversationOf(alice, bob);
    String path = "/api/chat/conversations/" + id + "/";
    bob.request().get(path + "messages/").then().statusCode(400);
    bob.request().body("{}").post(path + "mark_read/").then().statusCode(400);
    bob.history(conversation, "?since_id=" + id).then().statusCode(400);
    bob.markRead(conversation, "{\"up_to\":\"" + id + "\"}")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations[0].field", equalTo("up_to"));
  }

  @Test
  void conversationsThatNobodyKnowsDoNotCutTheirOwnerOff() {
    for (int i = 0; i < 50; i++) {
      alice.history(UUID.randomUUID(), "").then().statusCode(404);
    }
    UUID untold = UUID.randomUUID();
    MessageUpstreams.conversationServiceKnows(untold.toString(), 1, List.of(alice.id()));
    alice.history(untold, "").then().statusCode(200);
  }

  @Test
  void statusGoesFromSentToDeliveredToReadForTheSender() {
    UUID conversation = TestSender.conversationOf(alice, bob, carol);
    alice.send(conversation, "x").then().body("status", equalTo("sent"));
    alice.history(conversation, "").then().body("status", contains("sent"));
    bob.history(conversation, "").then().body("status", contains("delivered"));
    alice.history(conversation, "").then().body("status", contains("delivered"));
    carol.markRead(conversation, "{}").then().body("marked_read", equalTo(1));
    alice.history(conversation, "").then().body("status", contains("read"));
    bob.history(conversation, "").then().body("status", contains("delivered"));
    carol.history(conversation, "").then().body("status", contains("read"));
  }

  @Test
  void whatSomebodySaysTheyHaveReceivedIsDelivered() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    List<String> ids = sendMany(alice, conversation, 3);
    received(bob, conversation, ids.get(1)).then().statusCode(204);
    received(bob, conversation, ids.get(0)).then().statusCode(204);
    alice
        .history(conversation, "")
        .then()
        .body("status", contains("delivered", "delivered", "sent"));
    assertThat(unread(bob, conversation)).isEqualTo(3);

    UUID other = TestSender.conversationOf(alice, bob);
    received(bob, other, ids.getFirst()).then().statusCode(404);
    received(carol, conversation, ids.getFirst()).then().statusCode(403);
    bob.request()
        .body("{}")
        .post("/internal/conversations/{id}/delivered", conversation)
        .then()
        .statusCode(400);
  }

  @Test
  void ofSeveralReportedMessagesTheHighestSeqCountsNotTheHighestId() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    List<String> ids = sendMany(alice, conversation, 4);
    for (List<String> reported :
        List.of(List.of(ids.get(2), ids.get(0)), List.of(ids.get(1), ids.get(2)))) {
      reportedOf(bob, conversation, "delivered", reported).then().statusCode(204);
    }
    alice
        .history(conversation, "")
        .then()
        .body("status", contains("delivered", "delivered", "delivered", "sent"));
    reportedOf(bob, conversation, "read", List.of(ids.get(2), ids.get(1))).then().statusCode(204);
    assertThat(unread(bob, conversation)).isEqualTo(1);
    // One that does not exist does no harm beside one that does.
    String unknown = UUID.randomUUID().toString();
    reportedOf(bob, conversation, "read", List.of(unknown, ids.get(3))).then().statusCode(204);
    assertThat(unread(bob, conversation)).isZero();

    reportedOf(bob, conversation, "read", List.of(unknown)).then().statusCode(404);
    reportedOf(carol, conversation, "read", ids).then().statusCode(403);
    reportedOf(bob, conversation, "read", List.of()).then().statusCode(400);
    reportedOf(bob, conversation, "read", Collections.nCopies(201, ids.getFirst()))
        .then()
        .statusCode(400);
  }

  private static Response reportedOf(
      TestSender person, UUID conversation, String kind, List<String> ids) {
    return person
        .request()
        .body(Map.of("furthest_of", ids))
        .post("/internal/conversations/{id}/" + kind, conversation);
  }

  private static Response received(TestSender person, UUID conversation, String upTo) {
    return person
        .request()
        .body(Map.of("up_to", upTo))
        .post("/internal/conversations/{id}/delivered", conversation);
  }

  @Test
  void unreadCountsOthersMessagesAfterTheReadPosition() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    List<String> ids = sendMany(alice, conversation, 5);
    bob.send(conversation, "own 1").then().statusCode(201);
    sendMany(alice, conversation, 2);

    assertThat(unread(bob, conversation)).isEqualTo(7);
    assertThat(unread(alice, conversation)).isEqualTo(1);
    Response part = bob.markRead(conversation, "{\"up_to\":\"" + ids.get(2) + "\"}");
    part.then().body("status", equalTo("ok")).body("marked_read", equalTo(3));
    assertThat(unread(bob, conversation)).isEqualTo(4);
    bob.markRead(conversation, "{\"up_to\":\"" + ids.get(0) + "\"}")
        .then()
        .body("marked_read", equalTo(0));
    bob.markRead(conversation, "{}").then().body("marked_read", equalTo(4));
    assertThat(unread(bob, conversation)).isZero();
    bob.markRead(conversation, "").then().statusCode(200).body("marked_read", equalTo(0));
    alice.send(conversation, "one more").then().statusCode(201);
    bob.request()
        .noContentType()
        .post("/api/chat/conversations/{id}/mark_read/", conversation)
        .then()
        .statusCode(200)
        .body("marked_read", equalTo(1));
  }

  @Test
  void ownerIsAskedWhereTheMembershipHasNotArrived() {
    UUID conversation = UUID.randomUUID();
    MessageUpstreams.conversationServiceKnows(
        conversation.toString(), 1, List.of(alice.id(), bob.id()));
    bob.history(conversation, "").then().statusCode(200).body("size()", equalTo(0));
  }

  private static int unread(TestSender person, UUID conversation) {
    return person.summary(conversation).path("summaries[0].unread_count");
  }

  @Test
  void whoeverJoinsLaterSeesTheHistoryButNothingIsUnread() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    sendMany(alice, conversation, 3);
    TestSender.membership("acme", conversation, 2, alice, bob, carol).then().statusCode(204);
    assertThat(unread(carol, conversation)).isZero();
    carol.history(conversation, "").then().body("size()", equalTo(3));
    sendMany(alice, conversation, 2);
    assertThat(unread(carol, conversation)).isEqualTo(2);
  }

  @Test
  void whoeverLeavesAndComesBackKeepsTheirTicksAndCountsFromTheReturn() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    sendMany(alice, conversation, 2);
    bob.markRead(conversation, "{}").then().statusCode(200);
    bob.send(conversation, "bye").then().statusCode(201);
    TestSender.membership("acme", conversation, 2, alice).then().statusCode(204);
    bob.history(conversation, "").then().statusCode(403);
    alice.send(conversation, "while away").then().statusCode(201);
    alice.history(conversation, "?limit=1").then().body("status", contains("sent"));
    TestSender.membership("acme", conversation, 1, alice, bob).then().statusCode(204);
    bob.history(conversation, "").then().statusCode(403);
    TestSender.membership("acme", conversation, 3, alice, bob).then().statusCode(204);
    assertThat(unread(bob, conversation)).isZero();
    alice.send(conversation, "welcome back").then().statusCode(201);
    assertThat(unread(bob, conversation)).isEqualTo(1);
    alice.history(conversation, "?limit=5").then().body("status[0]", equalTo("read"));
  }
}
