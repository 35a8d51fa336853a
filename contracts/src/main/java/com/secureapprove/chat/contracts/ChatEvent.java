package com.secureapprove.chat.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A fact, published after the commit of its transaction.
///
/// Consumers receive every event at least once and must ignore repeats.
public sealed interface ChatEvent {

  /// The name on the wire.
  EventType type();

  /// The record that carries the data of a type.
  static Class<? extends ChatEvent> recordOf(EventType type) {
    return switch (type) {
      case CONVERSATION_CREATED -> ConversationCreated.class;
      case CONVERSATION_UPDATED -> ConversationUpdated.class;
      case CONVERSATION_PREFERENCES_CHANGED -> ConversationPreferencesChanged.class;
      case CONVERSATION_DELETED -> ConversationDeleted.class;
      case PARTICIPANT_ADDED -> ParticipantAdded.class;
      case PARTICIPANT_REMOVED -> ParticipantRemoved.class;
      case MESSAGE_CREATED -> MessageCreated.class;
      case POSITIONS_CHANGED -> PositionsChanged.class;
      case USER_UPSERTED -> UserUpserted.class;
      case NOTIFICATION -> NotificationPublished.class;
    };
  }

  /// A conversation exists, with these participants.
  record ConversationCreated(
      UUID conversationId, boolean isGroup, String createdBy, List<String> participantIds)
      implements ChatEvent {
    @Override
    public EventType type() {
      return EventType.CONVERSATION_CREATED;
    }
  }

  /// A property of the conversation that all members see has changed, such as its title.
  record ConversationUpdated(UUID conversationId, @Nullable String title, String changedBy)
      implements ChatEvent {
    @Override
    public EventType type() {
      return EventType.CONVERSATION_UPDATED;
    }
  }

  /// What one person sees of a conversation has changed (archived, muted); for that person only.
  ///
  /// @param archivedAtSeq the last message when the person archived the conversation; only a later
  ///   message makes it visible again; null if it is not archived
  record ConversationPreferencesChanged(
      UUID conversationId,
      String userId,
      boolean isArchived,
      boolean isMuted,
      @Nullable Long archivedAtSeq)
      implements ChatEvent {
    @Override
    public EventType type() {
      return EventType.CONVERSATION_PREFERENCES_CHANGED;
    }
  }

  /// The last participant has left. The conversation and its content were deleted.
  record ConversationDeleted(UUID conversationId) implements ChatEvent {
    @Override
    public EventType type() {
      return EventType.CONVERSATION_DELETED;
    }
  }

  /// People joined a group.
  record ParticipantAdded(UUID conversationId, List<String> userIds, String addedBy)
      implements ChatEvent {
    @Override
    public EventType type() {
      return EventType.PARTICIPANT_ADDED;
    }
  }

  /// One person left a group, or was removed from it by `removedBy`.
  record ParticipantRemoved(UUID conversationId, String userId, String removedBy)
      implements ChatEvent {
    @Override
    public EventType type() {
      return EventType.PARTICIPANT_REMOVED;
    }
  }

  /// A message is stored. `membershipVersion` is the version of the conversation's membership under
  /// which its sender was authorised; `session` is the WebSocket connection that sent it, if any.
  record MessageCreated(MessageView message, long membershipVersion, @Nullable String session)
      implements ChatEvent {
    @Override
    public EventType type() {
      return EventType.MESSAGE_CREATED;
    }
  }

  /// A participant's positions moved forward. `statuses` lists, by sender, the messages whose
  /// combined status changed with it, newest first and at most 100 a sender; `own` the messages of
  /// others that the participant has now received or read, newest first and at most 100; `session`
  /// is the participant's WebSocket connection that reported the positions, if any.
  record PositionsChanged(
      UUID conversationId,
      String userId,
      @Nullable Long deliveredSeq,
      @Nullable Long readSeq,
      int memberCount,
      List<StatusChange> statuses,
      List<StatusChange> own,
      @Nullable String session)
      implements ChatEvent {
    public PositionsChanged {
      own = own == null ? List.of() : own; // older events have no such field
    }

    @Override
    public EventType type() {
      return EventType.POSITIONS_CHANGED;
    }
  }

  /// The status of one message of `senderId`.
  record StatusChange(String senderId, UUID messageId, MessageStatus status) {}

  /// A person of the directory, as they are now.
  record UserUpserted(String userId, String name, String email, boolean active)
      implements ChatEvent {
    @Override
    public EventType type() {
      return EventType.USER_UPSERTED;
    }
  }

  /// A notification of a host application to some of its users; `data` is its own JSON object,
  /// encoded.
  record NotificationPublished(List<String> userIds, String name, String data, Instant at)
      implements ChatEvent {
    @Override
    public EventType type() {
      return EventType.NOTIFICATION;
    }
  }
}
