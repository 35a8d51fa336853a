package com.secureapprove.chat.systemtests.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningSuite.class)
class GroupsST {

  private final Tenant tenant;
  private final ChatUser alice;
  private final ChatUser bob;
  private final ChatUser carol;
  private final ChatUser dan;

  GroupsST(Suite suite) {
    tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("alice", "bob", "carol", "dan");
    alice = people.get(0);
    bob = people.get(1);
    carol = people.get(2);
    dan = people.get(3);
  }

  @Test
  void aGroupIsMadeByItsOwner() {
    JsonNode group =
        alice
            .post(
                "conversations/start_group/",
                Map.of("participant_ids", List.of(bob.id(), carol.id()), "title", "Contracts"))
            .expect(201);

    assertThat(group.path("is_group").asBoolean()).isTrue();
    assertThat(group.path("title").asText()).isEqualTo("Contracts");
    assertThat(group.path("participant_count").asInt()).isEqualTo(3);
    assertThat(group.path("my_role").asText()).isEqualTo("owner");
    assertThat(role(group, bob)).isEqualTo("member");
    assertThat(bob.get(path(group.path("id").asText())).expect(200).path("my_role").asText())
        .isEqualTo("member");
  }

  @Test
  void aGroupWithoutATitleIsCalledAfterTheOthers() {
    List<ChatUser> more = tenant.people("eve", "fay");
    String group = group(alice, bob, carol, dan, more.get(0), more.get(1));

    assertThat(alice.get(path(group)).expect(200).path("title").asText())
        .matches("\\w+, \\w+, \\w+ \\+2 more");
  }

  @Test
  void aGroupOfNobodyElseOrOfStrangersIsAProblem() {
    start(Map.of("participant_ids", List.of())).expectProblem(400);
    start(Map.of("participant_ids", List.of(alice.id()))).expectProblem(400);
    start(Map.of("title", "nobody")).expectProblem(400);
    start(Map.of("participant_ids", "bob")).expectProblem(400);
    ChatUser stranger = tenant.suite().newTenant().person("mallory");
    JsonNode problem =
        start(Map.of("participant_ids", List.of(bob.id(), stranger.id()))).expectProblem(404);
    assertThat(problem.path("detail").asText()).contains(stranger.id());
    assertThat(alice.get("conversations/").expect(200)).isEmpty();
  }

  @Test
  void someoneAddedSeesTheGroupAtOnceWithItsHistory() {
    String group = group(alice, bob);
    alice.say(group, "before carol came");
    try (Socket atCarol = carol.connect();
        Socket atBob = bob.connect()) {
      JsonNode added = bob.post(path(group) + "add_participants/", ids(carol, bob)).expect(200);
      assertThat(Json.texts(added.path("added_participants"), "id")).containsExactly(carol.id());
      assertThat(added.path("conversation").path("participant_count").asInt()).isEqualTo(3);

      carol.get(path(group)).expect(200);
      JsonNode told = atCarol.await("participant_added");
      assertThat(told.path("conversation_id").asText()).isEqualTo(group);
      assertThat(told.path("event_id").asText()).isNotEmpty();
      atBob.await("participant_added");

      alice.say(group, "after carol came");
      assertThat(atCarol.await("message_created").path("message").path("content").asText())
          .isEqualTo("after carol came");
    }
    assertThat(contents(carol.get(path(group) + "messages/").expect(200)))
        .containsExactly("before carol came", "after carol came");
    assertThat(carol.get(path(group)).expect(200).path("unread_count").asInt()).isEqualTo(1);
  }

  @Test
  void someoneRemovedStopsReceivingAtOnce() {
    String group = group(alice, bob, carol);
    try (Socket atCarol = carol.connect();
        Socket atBob = bob.connect()) {
      alice.say(group, "with carol");
      atCarol.await("message_created");
      JsonNode removed =
          alice
              .post(path(group) + "remove_participant/", Map.of("participant_id", carol.id()))
              .expect(200);
      assertThat(removed.path("removed_participant").path("id").asText()).isEqualTo(carol.id());
      assertThat(removed.path("conversation").path("participant_count").asInt()).isEqualTo(2);

      alice.say(group, "without carol");
      atBob.await(
          "message_created",
          frame -> frame.path("message").path("content").asText().equals("without carol"));
      atBob.await("participant_removed");
      assertThat(atCarol.await("participant_removed").path("user_id").asText())
          .isEqualTo(carol.id());
      atCarol.ping();
      assertThat(atCarol.heard()).containsExactly("with carol");
      JsonNode refused =
          atCarol.ask(
              Map.of(
                  "type", "send",
                  "conversation_id", group,
                  "content", "let me in",
                  "client_message_id", "k"),
              "error");
      assertThat(refused.path("code").asText()).isEqualTo("forbidden");
    }
    carol.get(path(group)).expectProblem(403);
    carol.get(path(group) + "messages/").expectProblem(403);
    carol.post(path(group) + "messages/", Map.of("content", "let me in")).expectProblem(403);
    assertThat(carol.get("conversations/?archived=all").expect(200)).isEmpty();
  }

  @Test
  void aRemovedSenderGetsNoStatusOfLaterMessages() {
    String group = group(alice, bob, carol);
    try (Socket atCarol = carol.connect();
        Socket atAlice = alice.connect()) {
      carol.say(group, "of carol");
      alice
          .post(path(group) + "remove_participant/", Map.of("participant_id", carol.id()))
          .expect(200);
      atCarol.await("participant_removed");
      alice.say(group, "without carol");
      bob.post(path(group) + "mark_read/", Map.of()).expect(200);
      atAlice.await(
          "message_status",
          frame -> frame.path("messages").path(0).path("status").asText().equals("read"));

      atCarol.ping();
      long last = 1; // the message of carol
      assertThat(atCarol.frames("message_status"))
          .allSatisfy(frame -> {
            assertThat(frame.path("read_seq").asLong()).isLessThanOrEqualTo(last);
            assertThat(frame.path("delivered_seq").asLong()).isLessThanOrEqualTo(last);
          });
    }
  }

  @Test
  void whoComesBackSeesAllAndHasReadWhatWasRead() {
    String group = group(alice, bob, carol);
    alice.say(group, "one");
    carol.post(path(group) + "mark_read/", Map.of()).expect(200);
    leave(group, carol).expect(200);
    alice.say(group, "two");
    alice.post(path(group) + "add_participants/", ids(carol)).expect(200);
    alice.say(group, "three");

    assertThat(contents(carol.get(path(group) + "messages/").expect(200)))
        .containsExactly("one", "two", "three");
    assertThat(carol.get(path(group)).expect(200).path("unread_count").asInt()).isEqualTo(1);
  }

  @Test
  void onlyOwnerAndAdminsRemoveOthersAndRename() {
    String group = group(alice, bob, carol, dan);
    bob.post(path(group) + "remove_participant/", Map.of("participant_id", carol.id()))
        .expectProblem(403);
    bob.patch(path(group) + "update_title/", Map.of("title", "mine")).expectProblem(403);
    bob.patch(path(group) + "set_role/", Map.of("participant_id", bob.id(), "role", "admin"))
        .expectProblem(403);

    role(alice, group, bob, "admin").expect(200);
    assertThat(
            bob.patch(path(group) + "update_title/", Map.of("title", "Ours"))
                .expect(200)
                .path("title")
                .asText())
        .isEqualTo("Ours");
    bob.post(path(group) + "remove_participant/", Map.of("participant_id", dan.id())).expect(200);
    bob.post(path(group) + "remove_participant/", Map.of("participant_id", alice.id()))
        .expectProblem(403);
    role(bob, group, carol, "admin").expectProblem(403);
  }

  @Test
  void renamingIsTold() {
    String group = group(alice, bob);
    try (Socket atBob = bob.connect()) {
      alice.patch(path(group) + "update_title/", Map.of("title", "Renamed")).expect(200);
      assertThat(atBob.await("conversation_updated").path("title").asText()).isEqualTo("Renamed");
    }
    try (Socket atBob = bob.connect()) {
      alice.patch(path(group) + "update_title/", Map.of("title", " ")).expect(200);
      assertThat(atBob.await("conversation_updated").path("title").asText("none")).isEmpty();
    }
    assertThat(bob.get(path(group)).expect(200).path("title").asText()).isEqualTo(alice.name());
    alice.patch(path(group) + "update_title/", Map.of("title", 7)).expectProblem(400);
    alice
        .patch(path(group) + "update_title/", Map.of("title", "t".repeat(10_000)))
        .expectProblem(400);
  }

  @Test
  void theOwnerMayHandOver() {
    String group = group(alice, bob);
    role(alice, group, bob, "owner").expect(200);

    JsonNode seen = alice.get(path(group)).expect(200);
    assertThat(role(seen, bob)).isEqualTo("owner");
    assertThat(role(seen, alice)).isNotEqualTo("owner");
    role(alice, group, alice, "owner").expectProblem(403);
    role(bob, group, alice, "emperor").expectProblem(400);
    role(bob, group, dan, "admin").expectProblem(404);
  }

  @Test
  void whenTheOwnerLeavesTheLongestStandingAdminFollowsElseAMember() {
    String group = group(alice, bob);
    alice.post(path(group) + "add_participants/", ids(carol)).expect(200);
    role(alice, group, carol, "admin").expect(200);
    leave(group, alice).expect(200);
    assertThat(carol.get(path(group)).expect(200).path("my_role").asText()).isEqualTo("owner");

    leave(group, carol).expect(200);
    assertThat(bob.get(path(group)).expect(200).path("my_role").asText()).isEqualTo("owner");
  }

  @Test
  void theLastOneOutDeletesTheGroup() {
    String group = group(alice, bob);
    alice.say(group, "soon gone");
    leave(group, alice).expect(200);
    assertThat(leave(group, bob).expect(200).path("status").asText())
        .isEqualTo("conversation_deleted");

    bob.get(path(group)).expectProblem(404);
    bob.get(path(group) + "messages/").expectProblem(404);
    bob.post(path(group) + "messages/", Map.of("content", "late")).expectProblem(404);
  }

  @Test
  void someoneWhoIsNotInItCannotBeRemoved() {
    String group = group(alice, bob);
    alice
        .post(path(group) + "remove_participant/", Map.of("participant_id", dan.id()))
        .expectProblem(404);
    alice.post(path(group) + "remove_participant/", Map.of()).expectProblem(400);
  }

  @Test
  void participantsArePaged() {
    String group = group(alice, bob, carol, dan);
    Answer first = alice.get(path(group) + "participants/?limit=3");
    assertThat(first.expect(200)).hasSize(3);
    JsonNode second = alice.get(first.next()).expect(200);
    assertThat(second).hasSize(1);
    assertThat(alice.get(path(group) + "participants/?limit=0").status()).isEqualTo(400);
  }

  @Test
  void everybodyIsToldOfANewGroup() {
    try (Socket atBob = bob.connect();
        Socket atDan = dan.connect()) {
      String group = group(alice, bob, carol);
      JsonNode told = atBob.await("conversation_created");
      assertThat(told.path("conversation_id").asText()).isEqualTo(group);
      alice.say(alice.startWith(dan), "for dan");
      atDan.await("message_created");
      assertThat(atDan.frames("conversation_created"))
          .extracting(frame -> frame.path("conversation_id").asText())
          .doesNotContain(group);
    }
  }

  private Answer start(Map<String, ?> body) {
    return alice.post("conversations/start_group/", body);
  }

  private static String group(ChatUser owner, ChatUser... others) {
    return owner.post("conversations/start_group/", ids(others)).expect(201).path("id").asText();
  }

  private static Map<String, ?> ids(ChatUser... people) {
    return Map.of("participant_ids", Arrays.stream(people).map(ChatUser::id).toList());
  }

  private static Answer leave(String group, ChatUser person) {
    return person.post(path(group) + "remove_participant/", Map.of("participant_id", person.id()));
  }

  private static Answer role(ChatUser by, String group, ChatUser of, String role) {
    return by.patch(path(group) + "set_role/", Map.of("participant_id", of.id(), "role", role));
  }

  private static String role(JsonNode conversation, ChatUser person) {
    for (JsonNode participant : conversation.path("participants")) {
      if (participant.path("id").asText().equals(person.id())) {
        return participant.path("role").asText();
      }
    }
    return "";
  }

  private static String path(String conversation) {
    return "conversations/" + conversation + "/";
  }

  private static List<String> contents(JsonNode messages) {
    return Json.texts(messages, "content");
  }
}
