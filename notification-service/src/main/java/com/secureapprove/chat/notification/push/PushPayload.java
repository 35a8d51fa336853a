package com.secureapprove.chat.notification.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.secureapprove.chat.contracts.Audience;
import com.secureapprove.chat.notification.subscriptions.PushSubscription;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// What the service worker receives, as JSON of less than [PushEncryption#MAX_BYTES].
///
/// The texts around the names are the worker's, in the language of the subscription.
@Singleton
class PushPayload {
  private static final int MAX_NAME = 100;
  private static final int MAX_EXCERPT = 200;

  private final ObjectMapper json;

  PushPayload(ObjectMapper json) {
    this.json = json;
  }

  String of(AnnouncedMessage message, Audience audience, PushSubscription subscription) {
    ObjectNode body = json.createObjectNode();
    body.put("conversation", message.conversationId().toString());
    body.put("message", message.id().toString());
    body.put("sent_at", message.sentAt().toEpochMilli());
    body.put("language", subscription.language);
    body.put("page", subscription.page);
    if (message.senderName() != null) {
      body.put("sender", cut(message.senderName(), MAX_NAME));
      if (audience.title() != null && audience.isGroup()) {
        body.put("group", cut(audience.title(), MAX_NAME));
      }
    }
    if (message.excerpt() != null) {
      body.put("text", message.excerpt());
    }
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The notification cannot be encoded", e);
    }
  }

  /// The beginning of a text in one line; null if it has none.
  static @Nullable String excerpt(String content) {
    String line = content.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.isEmpty() ? null : cut(line, MAX_EXCERPT);
  }

  private static String cut(String text, int max) {
    return text.codePointCount(0, text.length()) <= max
        ? text
        : text.substring(0, text.offsetByCodePoints(0, max - 1)) + "…";
  }
}
