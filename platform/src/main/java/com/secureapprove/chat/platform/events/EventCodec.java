package com.secureapprove.chat.platform.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Envelopes as JSON and back. Reading tolerates a newer release: unknown fields are ignored, and
/// an event of an unknown type is empty.
@Singleton
public class EventCodec {
  private static final int UUID_LENGTH = 36;
  private static final int EXPECTED_LENGTH = 1024;

  /// [#encode] writes the id first.
  private static final String ID_FIELD = "\"id\":\"";

  /// [#encode] writes the type before any text of a client, so its first occurrence is the type.
  private static final String TYPE_FIELD = "\"type\":\"";

  private final ObjectMapper json;

  /// @param json a mapper in the style of the components
  public EventCodec(ObjectMapper json) {
    this.json =
        json.copy()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  public String encode(EventEnvelope event) {
    StringWriter text = new StringWriter(EXPECTED_LENGTH);
    try (JsonGenerator out = json.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("id", event.id().toString());
      out.writeStringField("tenant", event.tenant());
      out.writeStringField("type", event.type().toString());
      out.writeStringField("aggregate", event.aggregate());
      out.writeNumberField("version", event.version());
      out.writePOJOField("at", event.at());
      if (event.trace() != null) {
        out.writeStringField("trace", event.trace());
      }
      out.writePOJOField("data", event.data());
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalArgumentException("Event cannot be encoded: " + event.type(), e);
    }
    return text.toString();
  }

  /// The type of an encoded event, without decoding it; empty if it is not known here.
  public static Optional<EventType> typeOf(String encoded) {
    int start = encoded.indexOf(TYPE_FIELD);
    int end = start < 0 ? -1 : encoded.indexOf('"', start + TYPE_FIELD.length());
    return end < 0
        ? Optional.empty()
        : EventType.ofWireName(encoded.substring(start + TYPE_FIELD.length(), end));
  }

  /// Whether an encoded event is of an [EventType#isFrequent] type. One of an unknown type is not.
  public static boolean isFrequent(String encoded) {
    return typeOf(encoded).map(EventType::isFrequent).orElse(false);
  }

  /// The id of an encoded event, without decoding it; empty if the text is not an event.
  public Optional<UUID> idOf(String encoded) {
    int start = encoded.indexOf(ID_FIELD);
    int end = start + ID_FIELD.length() + UUID_LENGTH;
    try {
      return start < 0 || end > encoded.length()
          ? Optional.empty()
          : Optional.of(UUID.fromString(encoded.substring(end - UUID_LENGTH, end)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The event, or empty if this release does not know its type.
  ///
  /// @throws IllegalArgumentException if the text is not an envelope
  public Optional<EventEnvelope> decode(String encoded) {
    try (JsonParser in = json.createParser(encoded)) {
      Optional<EventEnvelope> event = decode(in);
      if (in.nextToken() != null) {
        throw new IllegalArgumentException("Not an event: there is more text after it");
      }
      return event;
    } catch (IOException e) {
      throw new IllegalArgumentException("Not an event: " + e.getMessage(), e);
    }
  }

  private Optional<EventEnvelope> decode(JsonParser in) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("Not an event: not a JSON object");
    }
    UUID id = null;
    String tenant = "";
    EventType type = null;
    String aggregate = "";
    long version = 0;
    Instant at = null;
    String trace = null;
    ChatEvent data = null;
    JsonNode undecoded = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "id" -> id = UUID.fromString(in.getText());
        case "tenant" -> tenant = in.getText();
        case "type" -> type = EventType.ofWireName(in.getText()).orElse(null);
        case "aggregate" -> aggregate = in.getText();
        case "version" -> version = in.getLongValue();
        case "at" -> at = json.readValue(in, Instant.class);
        case "trace" -> trace = in.getText();
        case "data" -> {
          if (type == null) {
            undecoded = json.readTree(in);
          } else {
            data = json.readValue(in, ChatEvent.recordOf(type));
          }
        }
        default -> in.skipChildren();
      }
    }
    if (type == null) {
      return Optional.empty();
    }
    if (data == null && undecoded != null) {
      data = json.treeToValue(undecoded, ChatEvent.recordOf(type));
    }
    if (id == null || at == null || data == null) {
      throw new IllegalArgumentException("Not an event: a field is missing");
    }
    return Optional.of(new EventEnvelope(id, tenant, aggregate, version, at, trace, data));
  }
}
