package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/// In which conversations a person was while they were away, and what of it they are therefore
/// given. A stretch of events tells: whoever was added was not in it before, whoever was removed
/// was.
///
/// On one thread only.
final class PastMemberships {
  private final String person;
  private final Map<UUID, NavigableMap<Long, Boolean>> changes = new HashMap<>();

  PastMemberships(String person) {
    this.person = person;
  }

  /// Takes note of an event of the stretch, in any order.
  void note(EventEnvelope event) {
    switch (event.data()) {
      case ChatEvent.ConversationCreated created -> {
        if (created.participantIds().contains(person)) {
          note(created.conversationId(), event.version(), true);
        }
      }
      case ChatEvent.ParticipantAdded added -> {
        if (added.userIds().contains(person)) {
          note(added.conversationId(), event.version(), true);
        }
      }
      case ChatEvent.ParticipantRemoved removed -> {
        if (removed.userId().equals(person)) {
          note(removed.conversationId(), event.version(), false);
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

  private void note(UUID conversation, long version, boolean in) {
    changes.computeIfAbsent(conversation, _ -> new TreeMap<>()).put(version, in);
  }

  /// Whether somebody who comes back is given a frame of an event that they missed: of
  /// conversations in which they are now, what was told while they were in it; and always that they
  /// were removed.
  ///
  /// @param now whether they are in a conversation now
  boolean concerns(EventEnvelope event, AddressedFrame addressed, Predicate<UUID> now) {
    boolean named = addressed.people().contains(person);
    return switch (event.data()) {
      case ChatEvent.NotificationPublished _ -> named;
      case ChatEvent.ParticipantRemoved removed ->
          named || isMember(removed.conversationId(), event.version(), now);
      case ChatEvent.ConversationCreated created -> named && now.test(created.conversationId());
      case ChatEvent.ConversationPreferencesChanged changed ->
          named && now.test(changed.conversationId());
      case ChatEvent.PositionsChanged changed -> named && now.test(changed.conversationId());
      case ChatEvent.ConversationUpdated updated ->
          isMember(updated.conversationId(), event.version(), now);
      case ChatEvent.ParticipantAdded added ->
          isMember(added.conversationId(), event.version(), now);
      case ChatEvent.MessageCreated created ->
          isMember(created.message().conversation(), created.membershipVersion(), now);
      case ChatEvent.ConversationDeleted _, ChatEvent.UserUpserted _ -> false;
    };
  }

  private boolean isMember(UUID conversation, long version, Predicate<UUID> now) {
    return now.test(conversation) && wasIn(conversation, version);
  }

  /// Whether somebody who is in a conversation now was in it at that version, too.
  private boolean wasIn(UUID conversation, long version) {
    NavigableMap<Long, Boolean> known = changes.get(conversation);
    if (known == null) {
      return true;
    }
    Map.Entry<Long, Boolean> upTo = known.floorEntry(version);
    return upTo == null ? !known.firstEntry().getValue() : upTo.getValue();
  }
}
