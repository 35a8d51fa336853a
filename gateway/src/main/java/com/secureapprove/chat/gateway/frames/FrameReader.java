package com.secureapprove.chat.gateway.frames;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.secureapprove.chat.gateway.frames.ClientFrame.Auth;
import com.secureapprove.chat.gateway.frames.ClientFrame.Delivered;
import com.secureapprove.chat.gateway.frames.ClientFrame.Invalid;
import com.secureapprove.chat.gateway.frames.ClientFrame.MarkRead;
import com.secureapprove.chat.gateway.frames.ClientFrame.Ping;
import com.secureapprove.chat.gateway.frames.ClientFrame.Send;
import com.secureapprove.chat.gateway.frames.ClientFrame.Typing;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Parses frames of clients strictly. Missing, unknown, duplicate or mistyped fields make the frame
/// invalid.
@Singleton
public class FrameReader {
  /// Maximum size of a frame in bytes.
  public static final int MAX_BYTES = 64 << 10;

  private static final int MAX_DEPTH = 4;
  private static final int MAX_NUMBER = 20;

  private final ObjectMapper json =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER)
                          .maxStringLength(MAX_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /// Parses a text frame. Never throws: an invalid frame is [Invalid].
  public ClientFrame read(String text) {
    JsonNode node;
    try {
      node = json.readTree(text);
    } catch (JsonProcessingException _) {
      return new Invalid("malformed JSON", null);
    }
    if (!(node instanceof ObjectNode object)) {
      return new Invalid("a frame is a JSON object", null);
    }
    Fields fields = new Fields(object);
    try {
      ClientFrame frame = read(fields);
      fields.requireNoOthers();
      return frame;
    } catch (Fields.InvalidField e) {
      return new Invalid(e.detail(), clientMessageId(object));
    }
  }

  private static ClientFrame read(Fields fields) throws Fields.InvalidField {
    String type = fields.text("type");
    return switch (type) {
      case "ping" -> new Ping();
      case "send" ->
          new Send(
              fields.uuid("conversation_id"),
              fields.content("content"),
              fields.uuids("attachment_ids", 10),
              fields.key("client_message_id"));
      case "typing" -> new Typing(fields.uuid("conversation_id"));
      case "mark_read" -> new MarkRead(fields.uuid("conversation_id"), fields.uuidIfAny("up_to"));
      case "delivered" -> new Delivered(fields.uuid("conversation_id"), fields.uuid("up_to"));
      case "auth" -> new Auth(fields.text("token"));
      default -> throw new Fields.InvalidField("type: unknown");
    };
  }

  private static @Nullable String clientMessageId(ObjectNode object) {
    JsonNode value = object.get("client_message_id");
    return value != null && value.isTextual() && value.textValue().length() <= 128
        ? value.textValue()
        : null;
  }
}
