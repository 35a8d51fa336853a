package com.secureapprove.chat.contracts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The types of durable events, with their names on the wire. [ChatEvent] has the record of each.
public enum EventType {
  CONVERSATION_CREATED,
  CONVERSATION_UPDATED,
  CONVERSATION_PREFERENCES_CHANGED,
  CONVERSATION_DELETED,
  PARTICIPANT_ADDED,
  PARTICIPANT_REMOVED,
  MESSAGE_CREATED,
  POSITIONS_CHANGED,
  USER_UPSERTED,
  NOTIFICATION;

  private static final Map<String, EventType> BY_WIRE_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::toString, t -> t));

  private final String wireName = name().toLowerCase(Locale.ROOT);

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
