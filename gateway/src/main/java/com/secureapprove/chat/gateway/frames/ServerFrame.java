package com.secureapprove.chat.gateway.frames;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.contracts.MessageView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A frame to a client. Null fields are omitted, except in messages.
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ServerFrame {

  /// The frame's type on the wire.
  String type();

  /// The first frame: the connection receives all events after `event_id`.
  @RegisterForReflection
  record Connected(
      String type,
      String userId,
      String message,
      String sessionId,
      @Nullable String eventId,
      long pingIntervalS)
      implements ServerFrame {
    public Connected(
        String userId, String sessionId, @Nullable String eventId, long pingIntervalS) {
      this("connected", userId, "Connected to chat", sessionId, eventId, pingIntervalS);
    }
  }

  @RegisterForReflection
  record Pong(String type, @Nullable String eventId) implements ServerFrame {
    public Pong(@Nullable String eventId) {
      this("pong", eventId);
    }
  }

  @RegisterForReflection
  record Ack(String type, String clientMessageId, MessageView message) implements ServerFrame {
    public Ack(String clientMessageId, MessageView message) {
      this("ack", clientMessageId, message);
    }
  }

  /// @param code the name of a problem type, such as `not-found`
  /// @param retryAfter in seconds
  @RegisterForReflection
  record Refused(
      String type,
      String code,
      String detail,
      @Nullable String clientMessageId,
      @Nullable Integer retryAfter)
      implements ServerFrame {
    public Refused(
        String code,
        String detail,
        @Nullable String clientMessageId,
        @Nullable Integer retryAfter) {
      this("error", code, detail, clientMessageId, retryAfter);
    }
  }

  /// The client missed events that cannot be replayed; it must reload.
  @RegisterForReflection
  record Resync(String type, @Nullable String eventId) implements ServerFrame {
    public Resync(@Nullable String eventId) {
      this("resync", eventId);
    }
  }

  @RegisterForReflection
  record MessageCreated(String type, String eventId, UUID conversationId, MessageView message)
      implements ServerFrame {
    public MessageCreated(String eventId, MessageView message) {
      this("message_created", eventId, message.conversation(), message);
    }
  }

  /// @param userId the participant whose positions these are
  @RegisterForReflection
  record MessageStatuses(
      String type,
      String eventId,
      UUID conversationId,
      List<OneStatus> messages,
      @Nullable String userId,
      @Nullable Long readSeq,
      @Nullable Long deliveredSeq)
      implements ServerFrame {
    public MessageStatuses(
        String eventId,
        UUID conversationId,
        List<OneStatus> messages,
        @Nullable String userId,
        @Nullable Long readSeq,
        @Nullable Long deliveredSeq) {
      this("message_status", eventId, conversationId, messages, userId, readSeq, deliveredSeq);
    }
  }

  @RegisterForReflection
  record OneStatus(UUID id, MessageStatus status) {}

  @RegisterForReflection
  record Typing(String type, UUID conversationId, String userId, String userName)
      implements ServerFrame {
    public Typing(UUID conversationId, String userId, String userName) {
      this("typing", conversationId, userId, userName);
    }
  }

  @RegisterForReflection
  record Presence(String type, String userId, boolean isOnline, @Nullable Instant lastSeen)
      implements ServerFrame {
    public Presence(String userId, boolean isOnline, @Nullable Instant lastSeen) {
      this("presence", userId, isOnline, lastSeen);
    }
  }

  @RegisterForReflection
  record ConversationCreated(
      String type,
      String eventId,
      UUID conversationId,
      boolean isGroup,
      String createdBy,
      List<String> participantIds)
      implements ServerFrame {
    public ConversationCreated(
        String eventId,
        UUID conversationId,
        boolean isGroup,
        String createdBy,
        List<String> participantIds) {
      this("conversation_created", eventId, conversationId, isGroup, createdBy, participantIds);
    }
  }

  /// Null fields have not changed.
  @RegisterForReflection
  record ConversationUpdated(
      String type,
      String eventId,
      UUID conversationId,
      @Nullable String title,
      @Nullable String changedBy,
      @Nullable Boolean isArchived,
      @Nullable Boolean isMuted,
      @Nullable Long archivedAtSeq)
      implements ServerFrame {
    public static ConversationUpdated forAll(
        String eventId, UUID conversationId, @Nullable String title, String changedBy) {
      return new ConversationUpdated(
          "conversation_updated", eventId, conversationId, title, changedBy, null, null, null);
    }

    public static ConversationUpdated forOne(
        String eventId,
        UUID conversationId,
        boolean isArchived,
        boolean isMuted,
        @Nullable Long archivedAtSeq) {
      return new ConversationUpdated(
          "conversation_updated",
          eventId,
          conversationId,
          null,
          null,
          isArchived,
          isMuted,
          archivedAtSeq);
    }
  }

  @RegisterForReflection
  record ParticipantAdded(
      String type, String eventId, UUID conversationId, List<String> userIds, String addedBy)
      implements ServerFrame {
    public ParticipantAdded(
        String eventId, UUID conversationId, List<String> userIds, String addedBy) {
      this("participant_added", eventId, conversationId, userIds, addedBy);
    }
  }

  @RegisterForReflection
  record ParticipantRemoved(
      String type, String eventId, UUID conversationId, String userId, String removedBy)
      implements ServerFrame {
    public ParticipantRemoved(
        String eventId, UUID conversationId, String userId, String removedBy) {
      this("participant_removed", eventId, conversationId, userId, removedBy);
    }
  }

  /// A notification of a host application. [FrameWriter] also writes the members of `data` as
  /// members of the frame.
  ///
  /// @param type `notification_` and the name from the host application
  /// @param data a JSON object from the host application
  @RegisterForReflection
  record Notification(String type, String eventId, @JsonRawValue String data, Instant at)
      implements ServerFrame {}
}
