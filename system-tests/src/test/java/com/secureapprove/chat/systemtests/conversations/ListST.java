package com.secureapprove.chat.systemtests.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningSuite.class)
class ListST {

  private final Tenant tenant;
  private final ChatUser alice;
  private final ChatUser bob;

  ListST(Suite suite) {
    tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("alice", "bob");
    alice = people.get(0);
    bob = people.get(1);
  }

  @Test
  void aConversationIsWhatTheContractSays() {
    JsonNode made =
        alice.post("conversations/start/", Map.of("participant_id", bob.id())).expect(201);
    JsonNode said = bob.say(made.path("id").asText(), "hello");

    JsonNode seen = alice.get("conversations/" + made.path("id").asText() + "/").expect(200);

    assertThat(seen.path("title").asText()).isEqualTo("Bob");
    assertThat(seen.path("is_group").asBoolean()).isFalse();
    assertThat(seen.path("created_at").asText()).matches("\\d{4}-.*T.*\\.\\d{3}Z");
    assertThat(seen.path("updated_at").asText()).matches("\\d{4}-.*T.*\\.\\d{3}Z");
    assertThat(seen.path("last_message").path("id")).isEqualTo(said.path("id"));
    assertThat(seen.path("last_message").path("content").asText()).isEqualTo("hello");
    assertThat(seen.path("unread_count").asInt()).isEqualTo(1);
    assertThat(Json.texts(seen.path("participants"), "id"))
        .containsExactlyInAnyOrder(alice.id(), bob.id());
    assertThat(Json.texts(seen.path("participants"), "email"))
        .containsExactlyInAnyOrder(alice.email(), bob.email());
    assertThat(seen.path("participant_count").asInt()).isEqualTo(2);
    assertThat(seen.path("is_archived").asBoolean()).isFalse();
    assertThat(seen.path("is_muted").asBoolean()).isFalse();
    assertThat(seen.path("my_role").asText()).isNotEmpty();
    assertThat(seen.path("last_seq").asInt()).isEqualTo(1);
    assertThat(seen.has("last_read_seq")).isTrue();
    assertThat(alice.get("conversations/").expect(200).path(0)).isEqualTo(seen);
  }

  @Test
  void twoWhoStartAtTheSameMomentGetTheSameConversation() throws Exception {
    List<Callable<Answer>> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(() -> alice.post("conversations/start/", Map.of("participant_id", bob.id())));
      starts.add(() -> bob.post("conversations/start/", Map.of("participant_id", alice.id())));
    }
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Answer> answer : threads.invokeAll(starts)) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).extracting(Answer::status).containsOnly(200, 201).containsOnlyOnce(201);
    assertThat(answers)
        .extracting(answer -> answer.json().path("id").asText())
        .containsOnly(answers.getFirst().json().path("id").asText());
  }

  @Test
  void newestActivityComesFirst() {
    List<ChatUser> others = tenant.people("carol", "dan", "eve");
    List<String> talks = others.stream().map(alice::startWith).toList();
    talks.forEach(talk -> alice.say(talk, "hello"));
    others.get(1).say(talks.get(1), "newest");

    assertThat(listed("conversations/")).containsExactly(talks.get(1), talks.get(2), talks.get(0));
  }

  @Test
  void pagesFollowEachOtherByTheirLinks() {
    List<String> talks =
        tenant.people("p1", "p2", "p3", "p4", "p5").stream()
            .map(person -> {
              String talk = alice.startWith(person);
              alice.say(talk, "hello");
              return talk;
            })
            .toList();
    List<String> seen = new ArrayList<>();
    String path = "conversations/?limit=2";
    for (int pages = 0; !path.isEmpty(); pages++) {
      assertThat(pages).isLessThan(4);
      Answer page = alice.get(path);
      assertThat(page.expect(200).size()).isLessThanOrEqualTo(2);
      seen.addAll(Json.texts(page.json(), "id"));
      path = page.next();
    }

    assertThat(seen).isEqualTo(talks.reversed());
  }

  @Test
  void anArchivedConversationComesBackWithTheNextMessage() {
    String talk = alice.startWith(bob);
    alice.say(talk, "first");
    assertThat(
            alice.patch("conversations/" + talk + "/archive/").expect(200).path("status").asText())
        .isEqualTo("archived");

    assertThat(listed("conversations/")).isEmpty();
    assertThat(listed("conversations/?archived=true")).containsExactly(talk);
    assertThat(listed("conversations/?archived=all")).containsExactly(talk);
    assertThat(Json.texts(bob.get("conversations/").expect(200), "id")).containsExactly(talk);

    try (Socket socket = alice.connect()) {
      bob.say(talk, "second");
      socket.await("message_created");
    }
    awaitListed("conversations/", List.of(talk));
    assertThat(listed("conversations/?archived=true")).isEmpty();
  }

  @Test
  void aMutedAndArchivedConversationStaysAway() {
    String talk = alice.startWith(bob);
    alice.say(talk, "first");
    alice.patch("conversations/" + talk + "/mute/").expect(200);
    alice.patch("conversations/" + talk + "/archive/").expect(200);
    bob.say(talk, "second");
    // A later event of the same stream has arrived, so the message before has too.
    String other = tenant.person("carol").startWith(alice);
    alice.say(other, "later");
    awaitListed("conversations/", List.of(other));

    assertThat(listed("conversations/?archived=true")).containsExactly(talk);
    JsonNode unread = alice.get("conversations/unread/").expect(200);
    assertThat(unread.path("total").asInt()).isZero();

    alice.patch("conversations/" + talk + "/unarchive/").expect(200);
    alice.patch("conversations/" + talk + "/unmute/").expect(200);
    assertThat(listed("conversations/")).contains(talk);
    assertThat(alice.get("conversations/unread/").expect(200).path("total").asInt()).isEqualTo(1);
  }

  @Test
  void unreadAddsUpOverConversations() {
    ChatUser carol = tenant.person("carol");
    String withBob = alice.startWith(bob);
    String withCarol = alice.startWith(carol);
    bob.say(withBob, "1");
    bob.say(withBob, "2");
    carol.say(withCarol, "3");
    alice.say(withCarol, "mine do not count");

    JsonNode unread = alice.get("conversations/unread/").expect(200);
    assertThat(unread.path("total").asInt()).isEqualTo(3);
    assertThat(unread.path("conversations").asInt()).isEqualTo(2);
  }

  @Test
  void whoIsNotInItGetsNothingOfIt() {
    String talk = alice.startWith(bob);
    ChatUser carol = tenant.person("carol");
    for (String path : List.of("", "participants/", "messages/", "receipts/")) {
      carol.get("conversations/" + talk + "/" + path).expectProblem(403);
    }
    carol.post("conversations/" + talk + "/messages/", Map.of("content", "a")).expectProblem(403);
    carol.post("conversations/" + talk + "/mark_read/", Map.of()).expectProblem(403);
    carol.post("conversations/" + talk + "/typing/").expectProblem(403);
    for (String path : List.of("archive/", "unarchive/", "mute/", "unmute/")) {
      carol.patch("conversations/" + talk + "/" + path).expectProblem(403);
    }
  }

  @Test
  void aGroupActionOnAOneToOneIsAProblem() {
    String talk = alice.startWith(bob);
    ChatUser carol = tenant.person("carol");
    String path = "conversations/" + talk + "/";
    alice
        .post(path + "add_participants/", Map.of("participant_ids", List.of(carol.id())))
        .expectProblem(400);
    alice.post(path + "remove_participant/", Map.of("participant_id", bob.id())).expectProblem(400);
    alice.patch(path + "update_title/", Map.of("title", "ours")).expectProblem(400);
  }

  private List<String> listed(String path) {
    return Json.texts(alice.get(path).expect(200), "id");
  }

  private void awaitListed(String path, List<String> ids) {
    assertThat(Polling.until(Duration.ofSeconds(20), () -> listed(path).equals(ids)))
        .as("the list %s", listed(path))
        .isTrue();
  }
}
