package com.secureapprove.chat.conversation.preferences;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.conversation.ConversationCalls;
import com.secureapprove.chat.conversation.ConversationStores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ConversationStores.class)
class PreferencesTest {

  @Test
  void theNextMessageUnarchives() {
    String id = ConversationCalls.pair("ann.acme", "ben.acme");
    messageCreated(id, 1);
    await().untilAsserted(() -> view("ann.acme", id).body("last_seq", equalTo(1)));

    arrange("ann.acme", id, "archive").statusCode(200).body("status", equalTo("archived"));
    listed("ann.acme", "false").body("id", not(hasItem(id)));
    listed("ann.acme", "true").body("id", hasItem(id));
    listed("ann.acme", "all").body("id", hasItem(id));
    listed("ben.acme", "false").body("id", hasItem(id));
    view("ann.acme", id).body("is_archived", equalTo(true));

    messageCreated(id, 2);
    await().untilAsserted(() -> listed("ann.acme", "false").body("id", hasItem(id)));
    view("ann.acme", id).body("is_archived", equalTo(false));
  }

  @Test
  void aMutedArchivedConversationStaysArchivedAfterUnmuting() {
    String id = ConversationCalls.pair("ann.acme", "cleo.acme");
    arrange("ann.acme", id, "mute").body("status", equalTo("muted"));
    arrange("ann.acme", id, "archive");
    messageCreated(id, 1);
    await().untilAsserted(() -> view("ann.acme", id).body("last_seq", equalTo(1)));

    view("ann.acme", id).body("is_archived", equalTo(true)).body("is_muted", equalTo(true));
    arrange("ann.acme", id, "unmute").body("status", equalTo("unmuted"));
    view("ann.acme", id).body("is_archived", equalTo(true)).body("is_muted", equalTo(false));

    messageCreated(id, 2);
    await().untilAsserted(() -> view("ann.acme", id).body("is_archived", equalTo(false)));
  }

  @Test
  void mutingAfterUnarchivingDoesNotArchiveAgain() {
    String id = ConversationCalls.group("ann.acme", "ben.acme");
    messageCreated(id, 1);
    await().untilAsserted(() -> view("ann.acme", id).body("last_seq", equalTo(1)));
    arrange("ann.acme", id, "archive");
    messageCreated(id, 2);
    await().untilAsserted(() -> view("ann.acme", id).body("is_archived", equalTo(false)));

    arrange("ann.acme", id, "mute");

    view("ann.acme", id).body("is_archived", equalTo(false)).body("is_muted", equalTo(true));
  }

  @Test
  void unarchivingRestoresTheConversation() {
    String id = ConversationCalls.pair("ann.acme", "dan.acme");
    arrange("ann.acme", id, "archive");

    arrange("ann.acme", id, "unarchive").body("status", equalTo("unarchived"));
    view("ann.acme", id).body("is_archived", equalTo(false));
  }

  @Test
  void aDuplicateOldMessageEventHasNoEffect() {
    String id = ConversationCalls.pair("ann.acme", "dan.acme");
    messageCreated(id, 7);
    await().untilAsserted(() -> view("ann.acme", id).body("last_seq", equalTo(7)));
    messageCreated(id, 3);
    messageCreated(id, 8);
    await().untilAsserted(() -> view("ann.acme", id).body("last_seq", equalTo(8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"archive", "unarchive", "mute", "unmute"})
  void onlyParticipantsMayChangePreferences(String what) {
    String id = ConversationCalls.pair("ann.acme", "fay.acme");

    arrange("mallory.acme", id, what).statusCode(403);
    arrange("ann.globex", id, what).statusCode(404);
    arrange("ann.acme", UUID.randomUUID().toString(), what).statusCode(404);
    arrange("ann.acme", "nonsense", what).statusCode(400);
  }

  private static void messageCreated(String conversation, long seq) {
    UUID id = UUID.fromString(conversation);
    Instant now = Instant.now();
    MessageView message =
        new MessageView(
            UUID.randomUUID(),
            id,
            seq,
            "ben.acme",
            "Ben",
            "b@x",
            "hi",
            false,
            List.of(),
            now,
            now,
            null,
            MessageStatus.SENT);
    ConversationCalls.event(
        "acme", conversation, seq, new ChatEvent.MessageCreated(message, 1, null));
  }

  private static ValidatableResponse arrange(String user, String id, String what) {
    return ConversationCalls.of(user)
        .patch(ConversationCalls.CONVERSATIONS + id + "/" + what + "/")
        .then();
  }

  private static ValidatableResponse view(String user, String id) {
    return ConversationCalls.of(user).get(ConversationCalls.CONVERSATIONS + id + "/").then();
  }

  private static ValidatableResponse listed(String user, String archived) {
    return ConversationCalls.of(user)
        .get(ConversationCalls.CONVERSATIONS + "?archived=" + archived)
        .then();
  }
}
