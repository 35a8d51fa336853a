package com.secureapprove.chat.systemtests.talking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tests with the demo people and tokens of the real Keycloak.
@ExtendWith(RunningSuite.class)
class TalkST {

  private final Suite suite;
  private final ChatUser alice;
  private final ChatUser bob;
  private final ChatUser dave;
  private final ChatUser erin;

  TalkST(Suite suite) {
    this.suite = suite;
    alice = suite.demo("acme", "alice");
    bob = suite.demo("acme", "bob");
    dave = suite.demo("globex", "dave");
    erin = suite.demo("globex", "erin");
  }

  @Test
  void twoPeopleTalkAndNobodyOfAnotherTenantHearsIt() {
    try (Socket atAlice = alice.connect();
        Socket atBob = bob.connect();
        Socket atDave = dave.connect()) {
      String talk = alice.startWith(bob);
      assertThat(bob.startWith(alice)).isEqualTo(talk);

      atAlice.say(talk, "over the socket", "k1");
      JsonNode acked =
          atAlice.await("ack", ack -> ack.path("client_message_id").asText().equals("k1"));
      JsonNode heard = awaitMessage(atBob, "over the socket");
      assertThat(heard).isEqualTo(acked.path("message"));

      JsonNode answered = bob.say(talk, "over REST");
      assertThat(awaitMessage(atAlice, "over REST")).isEqualTo(answered);

      // A later event of the same stream at the same gateway: an earlier one would have arrived.
      String theirs = erin.startWith(dave);
      erin.say(theirs, "among ourselves");
      awaitMessage(atDave, "among ourselves");
      atDave.ping();
      assertThat(atDave.heard()).containsExactly("among ourselves");
      assertThat(atDave.frames("conversation_created"))
          .extracting(frame -> frame.path("conversation_id").asText())
          .doesNotContain(talk);

      assertThat(Json.texts(dave.get("conversations/").expect(200), "id")).doesNotContain(talk);
      dave.get("conversations/" + talk + "/").expectProblem(404);
      dave.get("conversations/" + talk + "/messages/").expectProblem(404);
      atAlice.ping();
      assertThat(atAlice.heard()).doesNotContain("among ourselves", "over the socket");
    }
  }

  @Test
  void whatWasSaidIsStillThereAfterEverythingWasKilled() {
    String talk = alice.startWith(bob);
    JsonNode first = alice.say(talk, "before the power cut");

    suite.restart(Component.own());

    String messages = "conversations/" + talk + "/messages/";
    JsonNode kept = last(patiently(() -> bob.get(messages)).expect(200));
    assertThat(kept.path("id")).isEqualTo(first.path("id"));
    assertThat(kept.path("content").asText()).isEqualTo("before the power cut");
    try (Socket atBob = bob.connect()) {
      Map<String, String> after = Map.of("content", "after it", "client_message_id", "after-it");
      JsonNode next = patiently(() -> alice.post(messages, after)).json();
      assertThat(next.path("seq").asLong()).isEqualTo(first.path("seq").asLong() + 1);
      awaitMessage(atBob, "after it");
    }
  }

  @Test
  void everybodyOfTheTenantAndNobodyElseIsInTheDirectory() {
    assertThat(Json.texts(alice.get("conversations/presence/").expect(200), "email"))
        .containsExactly("alice@acme.example", "bob@acme.example", "carol@acme.example");
    alice.post("conversations/start/", Map.of("participant_id", dave.id())).expectProblem(404);
  }

  @Test
  void onesOwnOtherSessionsHearWhatOneSays() {
    String talk = alice.startWith(bob);
    try (Socket desk = alice.connect();
        Socket phone = alice.connect()) {
      desk.say(talk, "from the desk", "desk-1");
      desk.await("ack");
      awaitMessage(phone, "from the desk");
      alice.say(talk, "from nowhere");
      awaitMessage(desk, "from nowhere");
      assertThat(desk.heard()).isEqualTo(List.of("from nowhere"));
    }
  }

  /// Retries while a component does not respond. The first calls after a start may take longer than
  /// the time-out of their callers.
  private static Answer patiently(Supplier<Answer> call) {
    Answer[] last = {call.get()};
    Polling.until(
        Duration.ofSeconds(30),
        () -> {
          if (last[0].status() == 503) {
            last[0] = call.get();
          }
          return last[0].status() != 503;
        });
    return last[0];
  }

  private static JsonNode awaitMessage(Socket socket, String content) {
    return socket
        .await(
            "message_created",
            frame -> frame.path("message").path("content").asText().equals(content))
        .path("message");
  }

  private static JsonNode last(JsonNode array) {
    return array.path(array.size() - 1);
  }
}
