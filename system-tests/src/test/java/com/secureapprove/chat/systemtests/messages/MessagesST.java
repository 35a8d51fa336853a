package com.secureapprove.chat.systemtests.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningSuite.class)
class MessagesST {

  private final ChatUser alice;
  private final ChatUser bob;
  private final String talk;
  private final String path;

  MessagesST(Suite suite) {
    Tenant tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("alice", "bob");
    alice = people.get(0);
    bob = people.get(1);
    talk = alice.startWith(bob);
    path = "conversations/" + talk + "/messages/";
  }

  @Test
  void aMessageIsWhatTheContractSays() {
    JsonNode said =
        alice
            .post(path, Map.of("content", "Grüße 👋\n‏مرحبا", "client_message_id", "k-1"))
            .expect(201);

    assertThat(said.path("id").asText()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-.*");
    assertThat(said.path("conversation").asText()).isEqualTo(talk);
    assertThat(said.path("seq").asInt()).isEqualTo(1);
    assertThat(said.path("sender_id").asText()).isEqualTo(alice.id());
    assertThat(said.path("sender_name").asText()).isEqualTo("Alice");
    assertThat(said.path("sender_email").asText()).isEqualTo(alice.email());
    assertThat(said.path("content").asText()).isEqualTo("Grüße 👋\n‏مرحبا");
    assertThat(said.path("has_attachments").asBoolean()).isFalse();
    assertThat(said.path("attachments")).isEmpty();
    assertThat(said.path("created_at").asText()).matches("\\d{4}-.*T.*\\.\\d{3}Z");
    assertThat(said.path("updated_at").asText()).matches("\\d{4}-.*T.*\\.\\d{3}Z");
    assertThat(said.path("client_message_id").asText()).isEqualTo("k-1");
    assertThat(said.path("status").asText()).isEqualTo("sent");
    assertThat(alice.get(path).expect(200).path(0)).isEqualTo(said);
  }

  @Test
  void contentOf5000CodePointsIsAccepted() {
    String longest = "\uD83D\uDE00".repeat(5_000);
    assertThat(alice.say(talk, longest).path("content").asText()).isEqualTo(longest);
    try (Socket socket = alice.connect()) {
      socket.say(talk, longest, "long");
      assertThat(socket.await("ack").path("message").path("content").asText()).isEqualTo(longest);
    }
  }

  @Test
  void theFormOfTheOriginalChatStillWorks() {
    String form =
        """
        --b\r
        Content-Disposition: form-data; name="content"\r
        \r
        from a form\r
        --b--\r
        """;
    JsonNode said =
        alice
            .send("POST", path, "multipart/form-data; boundary=b", BodyPublishers.ofString(form))
            .expect(201);
    assertThat(said.path("content").asText()).isEqualTo("from a form");
  }

  @Test
  void pathsWorkWithAndWithoutTheirTrailingSlash() {
    alice.say(talk, "hello");
    assertThat(alice.get("conversations/" + talk + "/messages").expect(200))
        .isEqualTo(alice.get(path).expect(200));
    assertThat(alice.get("conversations").expect(200)).hasSize(1);
    assertThat(alice.get("me").expect(200)).isEqualTo(alice.get("me/").expect(200));
  }

  @Test
  void sendingTwiceIsSendingOnceWhicheverWay() {
    Map<String, String> message = Map.of("content", "once", "client_message_id", "same");
    JsonNode first = alice.post(path, message).expect(201);
    assertThat(alice.post(path, message).expect(200).path("id")).isEqualTo(first.path("id"));
    Answer byHeader =
        alice.send(
            alice
                .request(path)
                .header("Idempotency-Key", "same")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"content\":\"once\"}")));
    assertThat(byHeader.expect(200).path("id")).isEqualTo(first.path("id"));
    try (Socket socket = alice.connect()) {
      socket.say(talk, "once", "same");
      assertThat(socket.await("ack").path("message").path("id")).isEqualTo(first.path("id"));

      socket.say(talk, "other", "same");
      JsonNode conflict = socket.await("error");
      assertThat(conflict.path("code").asText()).isEqualTo("conflict");
      assertThat(conflict.path("client_message_id").asText()).isEqualTo("same");
    }
    alice.post(path, Map.of("content", "other", "client_message_id", "same")).expectProblem(409);
    // Idempotency keys are scoped to the sender.
    bob.post(path, message).expect(201);
    assertThat(alice.get(path).expect(200)).hasSize(2);
  }

  @Test
  void historyIsReadInBothDirections() {
    List<String> ids = sayMany(7);

    assertThat(ids("?limit=3")).isEqualTo(ids.subList(4, 7));
    assertThat(ids("?since_id=" + ids.get(1) + "&limit=3")).isEqualTo(ids.subList(2, 5));
    assertThat(ids("?before_id=" + ids.get(5) + "&limit=3")).isEqualTo(ids.subList(2, 5));
    assertThat(ids("?since_id=" + ids.get(6))).isEmpty();
    assertThat(ids("?before_id=" + ids.get(0))).isEmpty();
    assertThat(ids("")).isEqualTo(ids);

    Answer newest = alice.get(path + "?limit=3");
    assertThat(newest.header("Link")).contains("before_id=" + ids.get(4), "rel=\"next\"");
    Answer forward = alice.get(path + "?since_id=" + ids.get(0) + "&limit=3");
    assertThat(forward.header("Link")).contains("since_id=" + ids.get(3), "rel=\"next\"");
    assertThat(alice.get(path + "?since_id=" + ids.get(4)).header("Link")).isEmpty();
    assertThat(alice.get(path + "?before_id=" + ids.get(2)).header("Link")).isEmpty();
  }

  @Test
  void aMessageOfAnotherConversationIsNotThere() {
    JsonNode elsewhere =
        bob.post("conversations/start_group/", Map.of("participant_ids", List.of(alice.id())))
            .expect(201);
    String id = bob.say(elsewhere.path("id").asText(), "elsewhere").path("id").asText();
    alice.get(path + "?since_id=" + id).expectProblem(404);
    alice.get(path + "?before_id=" + id).expectProblem(404);
    alice.post("conversations/" + talk + "/mark_read/", Map.of("up_to", id)).expectProblem(404);
  }

  @Test
  void readingUpToAMessageLeavesTheRestUnread() {
    List<String> ids = sayMany(5);
    bob.say(talk, "mine do not count");
    String read = "conversations/" + talk + "/mark_read/";

    JsonNode some = bob.post(read, Map.of("up_to", ids.get(2))).expect(200);
    assertThat(some.path("status").asText()).isEqualTo("ok");
    assertThat(some.path("marked_read").asInt()).isEqualTo(3);
    assertThat(unread(bob)).isEqualTo(2);

    assertThat(bob.post(read, Map.of("up_to", ids.get(0))).expect(200).path("marked_read").asInt())
        .isZero();
    assertThat(unread(bob)).isEqualTo(2);
    assertThat(bob.post(read, Map.of()).expect(200).path("marked_read").asInt()).isEqualTo(2);
    assertThat(unread(bob)).isZero();
    assertThat(bob.post(read, Map.of()).expect(200).path("marked_read").asInt()).isZero();
    assertThat(unread(alice)).isEqualTo(1);
  }

  @Test
  void sendingDoesNotReadWhatOthersSaid() {
    alice.say(talk, "unread");
    bob.say(talk, "answered without reading");
    assertThat(unread(bob)).isEqualTo(1);
    assertThat(status(alice)).isNotEqualTo("read");
  }

  @Test
  void theStatusGoesFromSentToDeliveredToRead() {
    String id = alice.say(talk, "look").path("id").asText();
    assertThat(status(alice)).isEqualTo("sent");
    try (Socket atAlice = alice.connect()) {
      bob.get(path).expect(200);
      awaitStatus(atAlice, id, "delivered");
      assertThat(status(alice)).isEqualTo("delivered");

      bob.post("conversations/" + talk + "/mark_read/", Map.of()).expect(200);
      awaitStatus(atAlice, id, "read");
      assertThat(status(alice)).isEqualTo("read");
      assertThat(status(bob)).isEqualTo("read");
    }
  }

  @Test
  void readingIsToldToOnesOwnOtherSessionsToo() {
    alice.say(talk, "look");
    try (Socket phone = bob.connect()) {
      bob.post("conversations/" + talk + "/mark_read/", Map.of()).expect(200);
      JsonNode told = phone.await("message_status", frame -> frame.path("read_seq").asInt() == 1);
      assertThat(told.path("user_id").asText()).isEqualTo(bob.id());
      assertThat(told.path("conversation_id").asText()).isEqualTo(talk);
    }
  }

  @Test
  void receiptsTellHowFarEverybodyIs() {
    sayMany(3);
    bob.post("conversations/" + talk + "/mark_read/", Map.of()).expect(200);

    JsonNode receipts = alice.get("conversations/" + talk + "/receipts/").expect(200);
    assertThat(Json.texts(receipts, "user_id")).containsExactlyInAnyOrder(alice.id(), bob.id());
    for (JsonNode receipt : receipts) {
      if (receipt.path("user_id").asText().equals(bob.id())) {
        assertThat(receipt.path("read_seq").asInt()).isEqualTo(3);
        assertThat(receipt.path("read_at").asText()).endsWith("Z");
      }
    }
    Answer page = alice.get("conversations/" + talk + "/receipts/?limit=1");
    assertThat(page.expect(200)).hasSize(1);
    assertThat(page.header("Link")).contains("rel=\"next\"");
  }

  @Test
  void theSessionThatSentOverRestIsNotToldAgain() {
    try (Socket desk = alice.connect();
        Socket phone = alice.connect()) {
      String session = desk.await("connected").path("session_id").asText();
      alice
          .send(
              alice
                  .request(path)
                  .header("X-Chat-Session", session)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"content\":\"from the desk\"}")))
          .expect(201);
      phone.await("message_created");
      desk.ping();
      assertThat(desk.heard()).isEmpty();
    }
  }

  @Test
  void aFrameThatWasWrittenToASocketIsDelivered() {
    try (Socket atAlice = alice.connect();
        Socket atBob = bob.connect()) {
      String id = alice.say(talk, "look").path("id").asText();
      atBob.await("message_created");
      awaitStatus(atAlice, id, "delivered");
    }
  }

  @Test
  void typingIsShownToTheOthersOnly() {
    try (Socket atAlice = alice.connect();
        Socket atBob = bob.connect()) {
      assertThat(
              alice.post("conversations/" + talk + "/typing/").expect(200).path("status").asText())
          .isEqualTo("ok");
      JsonNode typing = atBob.await("typing");
      assertThat(typing.path("conversation_id").asText()).isEqualTo(talk);
      assertThat(typing.path("user_id").asText()).isEqualTo(alice.id());
      assertThat(typing.path("user_name").asText()).isEqualTo("Alice");
      assertThat(typing.has("event_id")).isFalse();
      bob.say(talk, "later");
      atAlice.await("message_created");
      assertThat(atAlice.frames("typing")).isEmpty();
    }
  }

  @Test
  void whoSendsTooMuchIsToldWhenToGoOn() {
    try (Socket socket = alice.connect()) {
      for (int i = 0; i < 60; i++) {
        socket.say(talk, "message " + i, "k" + i);
      }
      socket.awaitNth("ack", 59);
      socket.say(talk, "one more", "late");
      JsonNode error = socket.await("error");
      assertThat(error.path("code").asText()).isEqualTo("rate-limited");
      assertThat(error.path("retry_after").asInt()).isPositive();
      assertThat(error.path("client_message_id").asText()).isEqualTo("late");
    }
    Answer refused = alice.post(path, Map.of("content", "one more", "client_message_id", "late"));
    refused.expectProblem(429);
    assertThat(refused.header("Retry-After")).matches("[1-9]\\d*");
    // The limit is per sender.
    bob.say(talk, "still here");
    assertThat(alice.get(path + "?limit=200").expect(200)).hasSize(61);
  }

  private List<String> sayMany(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> alice.say(talk, "message " + i).path("id").asText())
        .toList();
  }

  private List<String> ids(String query) {
    return Json.texts(alice.get(path + query).expect(200), "id");
  }

  private int unread(ChatUser person) {
    return person.get("conversations/" + talk + "/").expect(200).path("unread_count").asInt();
  }

  /// The status of the first message, as the person sees it.
  private String status(ChatUser person) {
    return person
        .get("conversations/" + talk + "/messages/?limit=50")
        .expect(200)
        .path(0)
        .path("status")
        .asText();
  }

  private static void awaitStatus(Socket socket, String message, String status) {
    socket.await(
        "message_status",
        frame -> {
          for (JsonNode each : frame.path("messages")) {
            if (each.path("id").asText().equals(message)
                && each.path("status").asText().equals(status)) {
              return true;
            }
          }
          return false;
        });
  }
}
