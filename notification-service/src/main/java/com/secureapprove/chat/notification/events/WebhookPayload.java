package com.secureapprove.chat.notification.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.notification.endpoints.WebhookEventType;
import jakarta.inject.Singleton;
import java.util.List;

/// The body of a webhook: `type`, `timestamp` and `data`, as Standard Webhooks recommends.
@Singleton
class WebhookPayload {
  /// Fields of a message that belong to one person or one client.
  private static final List<String> PERSONAL = List.of("status", "client_message_id");

  private final ObjectMapper json;

  WebhookPayload(ObjectMapper json) {
    this.json = json;
  }

  String of(WebhookEventType type, EventEnvelope event) {
    ObjectNode body = json.createObjectNode();
    body.put("type", type.toString());
    body.set("timestamp", json.valueToTree(event.at()));
    body.set("data", data(event.data()));
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The event cannot be encoded", e);
    }
  }

  private ObjectNode data(ChatEvent event) {
    if (event instanceof ChatEvent.MessageCreated created) {
      ObjectNode message = json.valueToTree(created.message());
      return message.remove(PERSONAL);
    }
    return json.valueToTree(event);
  }
}
