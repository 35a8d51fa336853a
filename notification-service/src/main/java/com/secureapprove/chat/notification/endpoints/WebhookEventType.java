package com.secureapprove.chat.notification.endpoints;

import com.secureapprove.chat.contracts.EventType;
import java.util.Arrays;
import java.util.Optional;

/// The events for which an endpoint can be called, with their names in the API.
public enum WebhookEventType {
  MESSAGE_CREATED("message.created", EventType.MESSAGE_CREATED),
  CONVERSATION_CREATED("conversation.created", EventType.CONVERSATION_CREATED),
  CONVERSATION_UPDATED("conversation.updated", EventType.CONVERSATION_UPDATED),
  CONVERSATION_DELETED("conversation.deleted", EventType.CONVERSATION_DELETED),
  PARTICIPANT_ADDED("participant.added", EventType.PARTICIPANT_ADDED),
  PARTICIPANT_REMOVED("participant.removed", EventType.PARTICIPANT_REMOVED),
  USER_UPDATED("user.updated", EventType.USER_UPSERTED);

  private final String wireName;
  private final EventType event;

  WebhookEventType(String wireName, EventType event) {
    this.wireName = wireName;
    this.event = event;
  }

  /// The type of that name, if there is one.
  public static Optional<WebhookEventType> ofWireName(String name) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(name)).findFirst();
  }

  /// The type of an event, if endpoints can be called for it.
  public static Optional<WebhookEventType> of(EventType event) {
    return Arrays.stream(values()).filter(type -> type.event == event).findFirst();
  }

  /// The event of the stream.
  public EventType event() {
    return event;
  }

  /// The name in the API, such as `message.created`.
  @Override
  public String toString() {
    return wireName;
  }
}
