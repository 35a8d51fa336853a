package com.secureapprove.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.platform.events.EventCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every event on the wire: what other releases and other parts read and have written. A golden
/// file is changed only in ways that those can read.
@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class GoldenEventsTest {
  private static final UUID EVENT = UUID.fromString("01900000-0000-7000-8000-00000000000e");
  private static final UUID CONVERSATION = UUID.fromString("01900000-0000-7000-8000-00000000000c");
  private static final UUID MESSAGE = UUID.fromString("01900000-0000-7000-8000-00000000000a");
  private static final UUID FILE = UUID.fromString("01900000-0000-7000-8000-00000000000f");
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  @Inject EventCodec codec;
  @Inject ObjectMapper json;

  @ParameterizedTest
  @EnumSource
  void anEventLooksAsInItsGoldenFileAndIsReadFromIt(EventType type) throws IOException {
    EventEnvelope event =
        new EventEnvelope(EVENT, "acme", CONVERSATION.toString(), 7, TIME, sample(type));
    String golden = golden(type);
    assertThat(json.readTree(codec.encode(event))).isEqualTo(json.readTree(golden));
    assertThat(codec.decode(golden)).contains(event);
  }

  private static ChatEvent sample(EventType type) {
    return switch (type) {
      case CONVERSATION_CREATED ->
          new ChatEvent.ConversationCreated(CONVERSATION, true, "alice", List.of("alice", "bob"));
      case CONVERSATION_UPDATED -> new ChatEvent.ConversationUpdated(CONVERSATION, "Team", "alice");
      case CONVERSATION_PREFERENCES_CHANGED ->
          new ChatEvent.ConversationPreferencesChanged(CONVERSATION, "alice", true, false, 12L);
      case CONVERSATION_DELETED -> new ChatEvent.ConversationDeleted(CONVERSATION);
      case PARTICIPANT_ADDED ->
          new ChatEvent.ParticipantAdded(CONVERSATION, List.of("carol"), "alice");
      case PARTICIPANT_REMOVED -> new ChatEvent.ParticipantRemoved(CONVERSATION, "carol", "alice");
      case MESSAGE_CREATED -> new ChatEvent.MessageCreated(message(), 3, "session-1");
      case POSITIONS_CHANGED ->
          new ChatEvent.PositionsChanged(
              CONVERSATION,
              "bob",
              2L,
              1L,
              2,
              List.of(new ChatEvent.StatusChange("alice", MESSAGE, MessageStatus.READ)),
              List.of(new ChatEvent.StatusChange("alice", MESSAGE, MessageStatus.READ)),
              "session-1");
      case USER_UPSERTED -> new ChatEvent.UserUpserted("bob", "Bob", "bob@acme.example", true);
      case NOTIFICATION ->
          new ChatEvent.NotificationPublished(
              List.of("bob"), "notification_sample", "{\"amount\":7}", TIME);
    };
  }

  private static MessageView message() {
    AttachmentView file =
        new AttachmentView(
            FILE,
            "a.png",
            "image/png",
            7,
            "/api/chat/attachments/" + FILE + "/download/",
            null,
            TIME);
    return new MessageView(
        MESSAGE,
        CONVERSATION,
        1,
        "alice",
        "Alice",
        "alice@acme.example",
        "Hello",
        true,
        List.of(file),
        TIME,
        TIME,
        "key-1",
        MessageStatus.SENT);
  }

  private static String golden(EventType type) throws IOException {
    String name = "/golden/events/" + type + ".json";
    try (InputStream file = GoldenEventsTest.class.getResourceAsStream(name)) {
      assertThat(file).as(name).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
