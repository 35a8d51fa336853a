package com.secureapprove.chat.contracts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Every durable event: its name on the wire and the record that carries it.
public enum EventType {
  CONVERSATION_CREATED(ChatEvent.ConversationCreated.class),
  CONVERSATION_UPDATED(ChatEvent.ConversationUpdated.class),
  CONVERSATION_PREFERENCES_CHANGED(ChatEvent.ConversationPreferencesChanged.class),
  CONVERSATION_DELETED(ChatEvent.ConversationDeleted.class),
  PARTICIPANT_ADDED(ChatEvent.ParticipantAdded.class),
  PARTICIPANT_REMOVED(ChatEvent.ParticipantRemoved.class),
  MESSAGE_CREATED(ChatEvent.MessageCreated.class),
  POSITIONS_CHANGED(ChatEvent.PositionsChanged.class),
  USER_UPSERTED(ChatEvent.UserUpserted.class),
  NOTIFICATION(ChatEvent.NotificationPublished.class);

  private static final Map<String, EventType> BY_WIRE_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::toString, t -> t));

  private final Class<? extends ChatEvent> record;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  EventType(Class<? extends ChatEvent> record) {
    this.record = record;
  }

  /// The record that carries this event's data.
  public Class<? extends ChatEvent> record() {
    return record;
  }

  /// The type of that name, or empty if only a newer release has it.
  public static Optional<EventType> ofWireName(String name) {
    return Optional.ofNullable(BY_WIRE_NAME.get(name));
  }

  /// Whether the number of these events grows with the number of messages. All other events are
  /// changes of conversations, memberships and people, and are rare.
  public boolean isFrequent() {
    return switch (this) {
      case MESSAGE_CREATED, POSITIONS_CHANGED, NOTIFICATION -> true;
      case CONVERSATION_CREATED,
          CONVERSATION_UPDATED,
          CONVERSATION_PREFERENCES_CHANGED,
          CONVERSATION_DELETED,
          PARTICIPANT_ADDED,
          PARTICIPANT_REMOVED,
          USER_UPSERTED ->
          false;
    };
  }

  /// The name on the wire, such as `message_created`.
  @Override
  public String toString() {
    return wireName;
  }
}
