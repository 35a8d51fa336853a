package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.conversation.membership.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation from the view of one participant.
///
/// @param lastMessage null if there is none, or if message-service is unavailable
/// @param unreadCount null if message-service is unavailable
/// @param myRole null if the caller has just left
/// @param participants at most 100, by `joinedAt`, oldest first
public record ConversationView(
    UUID id,
    String title,
    boolean isGroup,
    Instant createdAt,
    Instant updatedAt,
    @Nullable MessageView lastMessage,
    @Nullable Long unreadCount,
    List<ParticipantView> participants,
    int participantCount,
    boolean isArchived,
    boolean isMuted,
    @Nullable Role myRole,
    long lastSeq,
    @Nullable Long lastReadSeq) {

  /// One participant.
  public record ParticipantView(String id, String name, String email, Role role) {

    String shownName() {
      return name.isBlank() ? email : name;
    }
  }
}
