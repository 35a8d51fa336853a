package com.secureapprove.chat.platform.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Envelopes as JSON and back. Reading tolerates a newer release: unknown fields are ignored, and
/// an event of an unknown type is empty.
@Singleton
public class EventCodec {
  private static final int UUID_LENGTH = 36;

  /// [#encode] writes the id first.
  private static final String ID_FIELD = "\"id\":\"";

  /// [#encode] writes the type before any text of a client, so its first occurrence is the type.
  private static final String TYPE_FIELD = "\"type\":\"";

  private final ObjectMapper json;

  EventCodec(ObjectMapper json) {
    this.json = json.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  public String encode(EventEnvelope event) {
    ObjectNode node = json.createObjectNode();
    node.put("id", event.id().toString());
    node.put("tenant", event.tenant());
    node.put("type", event.type().toString());
    node.put("aggregate", event.aggregate());
    node.put("version", event.version());
    node.set("at", json.valueToTree(event.at()));
    node.set("data", json.valueToTree(event.data()));
    try {
      return json.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Event cannot be encoded: " + event.type(), e);
    }
  }

  /// The type of an encoded event, without decoding it; empty if it is not known here.
  public Optional<EventType> typeOf(String encoded) {
    int start = encoded.indexOf(TYPE_FIELD);
    int end = start < 0 ? -1 : encoded.indexOf('"', start + TYPE_FIELD.length());
    return end < 0
        ? Optional.empty()
        : EventType.ofWireName(encoded.substring(start + TYPE_FIELD.length(), end));
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
    try {
      JsonNode node = json.readTree(encoded);
      Optional<EventType> type = EventType.ofWireName(node.path("type").asText());
      if (type.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new EventEnvelope(
              UUID.fromString(node.path("id").asText()),
              node.path("tenant").asText(),
              node.path("aggregate").asText(),
              node.path("version").asLong(),
              json.treeToValue(node.path("at"), Instant.class),
              json.treeToValue(node.path("data"), type.get().record())));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not an event: " + e.getOriginalMessage(), e);
    }
  }
}
