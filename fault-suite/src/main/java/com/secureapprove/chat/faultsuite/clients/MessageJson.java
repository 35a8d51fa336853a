package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.faultsuite.history.ObservedMessage;

/// Parses messages in responses and frames of the gateway.
public final class MessageJson {

  private MessageJson() {}

  /// A message of a frame or of a page.
  public static ObservedMessage parse(JsonNode json) {
    return new ObservedMessage(
        json.path("conversation").asText(),
        json.path("seq").asLong(),
        json.path("id").asText(),
        json.path("sender_id").asText(),
        json.path("client_message_id").asText(),
        json.path("content").asText());
  }
}
