package com.secureapprove.chat.systemtests.resume;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests resume through the public API.
@ExtendWith(RunningSuite.class)
class ResumeST {
  private final ChatUser alice;
  private final ChatUser bob;
  private final ChatUser carol;

  ResumeST(Suite suite) {
    List<ChatUser> people = suite.newTenant().people("alice", "bob", "carol");
    alice = people.get(0);
    bob = people.get(1);
    carol = people.get(2);
  }

  @Test
  void whoWasAwayCatchesUpExactlyInEveryConversation() {
    String withAlice = alice.startWith(bob);
    String withCarol = carol.startWith(bob);
    String position;
    try (Socket first = bob.connect()) {
      alice.say(withAlice, "seen");
      position = first.await("message_created").path("event_id").asText();
    }
    alice.say(withAlice, "missed 1");
    carol.say(withCarol, "missed 2");
    bob.say(withAlice, "missed 3, my own");
    alice.say(withAlice, "missed 4");
    try (Socket again = bob.resume(position)) {
      alice.say(withAlice, "live");
      again.await(
          "message_created",
          frame -> frame.path("message").path("content").asText().equals("live"));
      assertThat(again.heard())
          .containsExactlyInAnyOrder(
              "missed 1", "missed 2", "missed 3, my own", "missed 4", "live");
      assertThat(again.heard())
          .containsSubsequence("missed 1", "missed 3, my own", "missed 4", "live");
    }
  }

  @Test
  void whoWasAddedRemovedOrBothHearsOfWhatConcernsThem() {
    String added = group(alice, carol);
    String removed = group(alice, bob, carol);
    String both = group(alice, bob, carol);
    String position = position(bob);
    alice.say(added, "before bob");
    change(added, "add_participants", Map.of("participant_ids", List.of(bob.id())));
    alice.say(added, "with bob");
    alice.say(removed, "bob could have heard it");
    change(removed, "remove_participant", Map.of("participant_id", bob.id()));
    alice.say(removed, "without bob");
    alice.say(both, "still with bob");
    change(both, "remove_participant", Map.of("participant_id", bob.id()));
    alice.say(both, "bob is out");
    change(both, "add_participants", Map.of("participant_ids", List.of(bob.id())));
    alice.say(both, "bob is back");
    try (Socket again = bob.resume(position)) {
      again.await(
          "message_created",
          frame -> frame.path("message").path("content").asText().equals("bob is back"));
      again.ping();
      assertThat(again.heard())
          .containsExactlyInAnyOrder("with bob", "still with bob", "bob is back");
      assertThat(types(again, added)).contains("participant_added");
      assertThat(types(again, removed)).containsExactly("participant_removed");
      assertThat(types(again, both))
          .containsSubsequence("participant_removed", "participant_added");
    }
  }

  @Test
  void theLastOneOutIsToldOnTheirOtherSessions() {
    String alone = group(alice, bob);
    change(alone, "remove_participant", Map.of("participant_id", bob.id()));
    String position = position(alice);
    change(alone, "remove_participant", Map.of("participant_id", alice.id()));
    try (Socket again = alice.resume(position)) {
      assertThat(again.await("participant_removed").path("user_id").asText()).isEqualTo(alice.id());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "", "1.1-1.00000000", "%00", "99.1-1.00000000"})
  void whoComesWithAPositionThatIsNotKnownReloads(String position) {
    try (Socket socket = bob.open("?last_event_id=" + position)) {
      String standing = socket.await("connected").path("event_id").asText();
      assertThat(socket.await("resync").path("event_id").asText()).isEqualTo(standing);
    }
  }

  @Test
  void whatComesOnAPingIsAGoodPlaceToComeBackTo() {
    String talk = alice.startWith(bob);
    String position;
    try (Socket first = bob.connect()) {
      alice.say(talk, "heard");
      first.await("message_created");
      position = first.ping();
    }
    alice.say(talk, "missed");
    try (Socket again = bob.resume(position)) {
      again.await("message_created");
      again.ping();
      assertThat(again.heard()).containsExactly("missed");
    }
  }

  private static String position(ChatUser person) {
    try (Socket socket = person.connect()) {
      return socket.ping();
    }
  }

  private static String group(ChatUser owner, ChatUser... others) {
    return owner
        .post(
            "conversations/start_group/",
            Map.of("participant_ids", List.of(others).stream().map(ChatUser::id).toList()))
        .expect(201)
        .path("id")
        .asText();
  }

  private void change(String group, String how, Map<String, ?> whom) {
    alice.post("conversations/" + group + "/" + how + "/", whom).expect(200);
  }

  private static List<String> types(Socket socket, String conversation) {
    return socket.frames().stream()
        .filter(frame -> frame.path("conversation_id").asText().equals(conversation))
        .map((JsonNode frame) -> frame.path("type").asText())
        .filter(type -> type.startsWith("participant"))
        .toList();
  }
}
