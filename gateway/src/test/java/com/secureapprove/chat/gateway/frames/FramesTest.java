package com.secureapprove.chat.gateway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The JSON of every frame, compared with `frames/<type>.json`.
@QuarkusTest
class FramesTest extends GatewayTest {
  private static final UUID CONVERSATION = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
  private static final UUID MESSAGE = UUID.fromString("0198c0de-0000-7000-8000-000000000002");
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final String EVENT = "3.1767323045678-0";

  @Inject FrameWriter writer;
  @Inject ObjectMapper json;

  static Stream<ServerFrame> frames() {
    MessageView message =
        new MessageView(
            MESSAGE,
            CONVERSATION,
            7,
            "u1",
            "Alice",
            "alice@acme.example",
            "Grüße 👋",
            false,
            List.of(),
            AT,
            AT,
            "k1",
            MessageStatus.SENT);
    return Stream.of(
        new ServerFrame.Connected("u1", "s1", EVENT, 30),
        new ServerFrame.Pong(EVENT),
        new ServerFrame.Ack("k1", message),
        new ServerFrame.Refused("rate-limited", "Too many", "k1", 3),
        new ServerFrame.Resync(EVENT),
        new ServerFrame.MessageCreated(EVENT, message),
        new ServerFrame.MessageStatuses(
            EVENT,
            CONVERSATION,
            List.of(new ServerFrame.OneStatus(MESSAGE, MessageStatus.READ)),
            "u2",
            7L,
            7L),
        new ServerFrame.Typing(CONVERSATION, "u1", "Alice"),
        new ServerFrame.Presence("u1", true, AT),
        new ServerFrame.ConversationCreated(EVENT, CONVERSATION, true, "u1", List.of("u1", "u2")),
        ServerFrame.ConversationUpdated.forAll(EVENT, CONVERSATION, "Plans", "u1"),
        new ServerFrame.ParticipantAdded(EVENT, CONVERSATION, List.of("u2"), "u1"),
        new ServerFrame.ParticipantRemoved(EVENT, CONVERSATION, "u2", "u1"),
        new ServerFrame.Notification(
            "notification_approval_request",
            EVENT,
            """
            {"request_id":12,"title":"Invoice 7","type":"approval","at":null}\
            """,
            AT));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void matchesTheGoldenFile(ServerFrame frame) throws IOException {
    assertThat(json.readTree(writer.encode(frame).utf8())).isEqualTo(golden(frame.type()));
  }

  @Test
  void aPersonalUpdateHasOnlyTheChangedFields() throws IOException {
    ServerFrame frame =
        ServerFrame.ConversationUpdated.forOne(EVENT, CONVERSATION, true, false, 7L);
    assertThat(json.readTree(writer.encode(frame).utf8()))
        .isEqualTo(golden("conversation_updated_personal"));
  }

  private JsonNode golden(String name) throws IOException {
    try (InputStream stream = FramesTest.class.getResourceAsStream("/frames/" + name + ".json")) {
      assertThat(stream).as(name).isNotNull();
      return json.readTree(stream);
    }
  }
}
