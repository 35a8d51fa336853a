package com.secureapprove.chat.systemtests.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Over REST. Nothing here may be half done: after each test the conversation is as empty as
/// before.
@ExtendWith(RunningSuite.class)
class BadRequestsST {

  private static final String UNKNOWN = "01900000-0000-7000-8000-000000000000";

  private final ChatUser alice;
  private final ChatUser bob;
  private final String talk;
  private final String messages;

  BadRequestsST(Suite suite) {
    Tenant tenant = suite.newTenant();
    alice = tenant.person("alice");
    bob = tenant.person("bob");
    talk = alice.startWith(bob);
    messages = "conversations/" + talk + "/messages/";
  }

  @AfterEach
  void nothingIsHalfDone() {
    assertThat(bob.get(messages).expect(200)).isEmpty();
    assertThat(alice.get("conversations/?archived=all").expect(200)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nonsense",
        "{\"content\":\"a\"",
        "{\"content\":\"a\"} trailing",
        "[]",
        "[{\"content\":\"a\"}]",
        "\"content\"",
        "7",
        "null",
        "{\"content\":\"\\ud800\"}",
        "{\"content\":\"a\\u0000b\"}",
        "{\"content\":\"\"}",
        "{\"content\":\"  \\n\\t \"}",
        "{\"content\":null}",
        "{\"content\":17}",
        "{\"content\":true}",
        "{\"content\":[\"a\"]}",
        "{\"content\":{\"text\":\"a\"}}",
        "{}",
        "{\"content\":\"a\",\"attachment_ids\":\"a\"}",
        "{\"content\":\"a\",\"attachment_ids\":[\"a\"]}",
        "{\"content\":\"a\",\"attachment_ids\":[1]}",
        "{\"content\":\"a\",\"client_message_id\":7}",
        "{\"content\":\"a\",\"client_message_id\":\"\"}",
        "{\"content\":\"a\",\"client_message_id\":\"tab\\there\"}",
        "{\"content\":\"a\",\"client_message_id\":\"\u00e4\"}",
        "{\"content\":\"a\",\"sender_id\":\"somebody\"}",
        "{\"content\":\"a\",\"tenant\":\"acme\"}",
        "{\"content\":\"a\",\"unheard_of\":1}",
      })
  void aMessageThatIsNotWhatItShouldBeIsAProblem(String body) {
    alice.send("POST", messages, body).expectProblem(400);
  }

  @Test
  void contentIsAtMost5000CodePoints() {
    String tooLong = "\uD83D\uDE00".repeat(5_001);
    alice.post(messages, Map.of("content", tooLong)).expectViolation("content");
  }

  @Test
  void aKeyIsAtMost128Characters() {
    alice
        .post(messages, Map.of("content", "a", "client_message_id", "k".repeat(129)))
        .expectViolation("client_message_id");
  }

  @Test
  void atMostTenAttachments() {
    List<String> eleven = Collections.nCopies(11, UNKNOWN);
    alice.post(messages, Map.of("content", "a", "attachment_ids", eleven)).expectProblem(400);
  }

  @Test
  void twoDifferentKeysForOneMessageAreAProblem() {
    alice
        .send(
            alice
                .request(messages)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "one")
                .POST(
                    BodyPublishers.ofString(
                        Json.of(Map.of("content", "a", "client_message_id", "other")))))
        .expectProblem(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/xml", "text/plain", "image/png"})
  void aBodyOfAnotherTypeIsAProblem(String type) {
    alice.send("POST", messages, type, BodyPublishers.ofString("<a/>")).expectProblem(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "1", "-", "01900000-0000-7000-8000-00000000000g"})
  void aConversationIdThatIsNoUuidIsAProblem(String id) {
    alice.get("conversations/" + id + "/").expectProblem(400);
    alice.get("conversations/" + id + "/messages/").expectProblem(400);
    alice.post("conversations/" + id + "/messages/", Map.of("content", "a")).expectProblem(400);
    alice.post("conversations/" + id + "/mark_read/", Map.of()).expectProblem(400);
  }

  @Test
  void anUnknownConversationIsNotThere() {
    alice.get("conversations/" + UNKNOWN + "/").expectProblem(404);
    alice.get("conversations/" + UNKNOWN + "/messages/").expectProblem(404);
    alice
        .post("conversations/" + UNKNOWN + "/messages/", Map.of("content", "a"))
        .expectProblem(404);
    alice.post("conversations/" + UNKNOWN + "/mark_read/", Map.of()).expectProblem(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "since_id=nonsense",
        "before_id=nonsense",
        "since_id=" + UNKNOWN + "&before_id=" + UNKNOWN,
        "limit=0",
        "limit=201",
        "limit=-1",
        "limit=many",
        "limit=99999999999",
      })
  void aHistoryThatCannotBeAskedForIsAProblem(String query) {
    alice.get(messages + "?" + query).expectProblem(400);
  }

  @Test
  void anUnknownMessageIsNotThere() {
    alice.get(messages + "?since_id=" + UNKNOWN).expectProblem(404);
    alice.get(messages + "?before_id=" + UNKNOWN).expectProblem(404);
    alice
        .post("conversations/" + talk + "/mark_read/", Map.of("up_to", UNKNOWN))
        .expectProblem(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"participant_id\":null}",
        "{\"participant_id\":\"\"}",
        "{\"participant_id\":7}",
        "{\"participant_id\":[\"a\"]}",
        "{\"participant_id\":\"a\",\"unheard_of\":1}",
      })
  void startingWithNobodyInParticularIsAProblem(String body) {
    alice.send("POST", "conversations/start/", body).expectProblem(400);
  }

  @Test
  void startingWithOneselfIsAProblem() {
    alice
        .post("conversations/start/", Map.of("participant_id", alice.id()))
        .expectViolation("participant_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "'; drop table conversation; --", "\u0000", "../../me"})
  void startingWithSomebodyUnknownIsNotPossible(String id) {
    alice.post("conversations/start/", Map.of("participant_id", id)).expectProblem(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conversations/?archived=perhaps",
        "conversations/?limit=0",
        "conversations/?limit=201",
        "conversations/?limit=few",
        "conversations/?limit=5&cursor=nonsense",
      })
  void aListThatCannotBeAskedForIsAProblem(String path) {
    alice.get(path).expectProblem(400);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, nowhere/, 404",
    "GET, conversations/a/b/c/d/, 404",
    "DELETE, me/, 405",
    "POST, me/, 405",
    "DELETE, conversations/, 405",
    "PUT, conversations/start/, 405",
  })
  void whatIsNotThereIsAProblem(String method, String path, int status) {
    alice.send(method, path, "{}").expectProblem(status);
  }

  @Test
  void deepNestingAndHugeNumbersAreProblems() {
    alice.send("POST", messages, "[".repeat(100_000)).expectProblem(400);
    alice.send("POST", messages, "{\"content\":" + "9".repeat(50_000) + "}").expectProblem(400);
  }

  @Test
  void aBodyThatIsFarTooLargeIsRefused() {
    String body = Json.of(Map.of("content", "a".repeat(3 << 20), "participant_id", "x"));
    alice.send("POST", "conversations/start/", body).expectProblem(413);
  }
}
