package com.secureapprove.chat.gateway.membership;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/// The memberships of a person while they were disconnected, derived from the events that they
/// missed: before an addition the person was absent, before a removal they were present.
///
/// Not thread-safe.
public final class PastMemberships {
  private final String person;
  private final Map<UUID, NavigableMap<Long, Boolean>> changes = new HashMap<>();

  public PastMemberships(String person) {
    this.person = person;
  }

  /// Adds a missed event, in any order.
  public void add(EventEnvelope event) {
    switch (event.data()) {
      case ChatEvent.ConversationCreated created -> {
        if (created.participantIds().contains(person)) {
          add(created.conversationId(), event.version(), true);
        }
      }
      case ChatEvent.ParticipantAdded added -> {
        if (added.userIds().contains(person)) {
          add(added.conversationId(), event.version(), true);
        }
      }
      case ChatEvent.ParticipantRemoved removed -> {
        if (removed.userId().equals(person)) {
          add(removed.conversationId(), event.version(), false);
        }
      }
      case ChatEvent.ConversationUpdated _,
          ChatEvent.ConversationPreferencesChanged _,
          ChatEvent.ConversationDeleted _,
          ChatEvent.MessageCreated _,
          ChatEvent.PositionsChanged _,
          ChatEvent.UserUpserted _,
          ChatEvent.NotificationPublished _ -> {}
    }
  }

  private void add(UUID conversation, long version, boolean present) {
    changes.computeIfAbsent(conversation, _ -> new TreeMap<>()).put(version, present);
  }

  /// Whether the person receives a frame of a missed event. They receive events of their current
  /// conversations from the time of their membership, and always their own removal.
  ///
  /// @param isNamed whether the frame is addressed to the person by ID
  /// @param isInNow whether the person is in a conversation now
  public boolean concerns(EventEnvelope event, boolean isNamed, Predicate<UUID> isInNow) {
    return switch (event.data()) {
      case ChatEvent.NotificationPublished _ -> isNamed;
      case ChatEvent.ParticipantRemoved removed ->
          isNamed || isMember(removed.conversationId(), event.version(), isInNow);
      case ChatEvent.ConversationCreated created ->
          isNamed && isInNow.test(created.conversationId());
      case ChatEvent.ConversationPreferencesChanged changed ->
          isNamed && isInNow.test(changed.conversationId());
      case ChatEvent.PositionsChanged changed -> isNamed && isInNow.test(changed.conversationId());
      case ChatEvent.ConversationUpdated updated ->
          isMember(updated.conversationId(), event.version(), isInNow);
      case ChatEvent.ParticipantAdded added ->
          isMember(added.conversationId(), event.version(), isInNow);
      case ChatEvent.MessageCreated created ->
          isMember(created.message().conversation(), created.membershipVersion(), isInNow);
      case ChatEvent.ConversationDeleted _, ChatEvent.UserUpserted _ -> false;
    };
  }

  private boolean isMember(UUID conversation, long version, Predicate<UUID> isInNow) {
    return isInNow.test(conversation) && wasIn(conversation, version);
  }

  /// Whether a current participant of the conversation was in it at that version.
  private boolean wasIn(UUID conversation, long version) {
    NavigableMap<Long, Boolean> known = changes.get(conversation);
    if (known == null) {
      return true;
    }
    Map.Entry<Long, Boolean> upTo = known.floorEntry(version);
    return upTo == null ? !known.firstEntry().getValue() : upTo.getValue();
  }
}
