package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.conversation.membership.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation as one of its participants sees it.
///
/// @param lastMessage null where there is none, or where message-service does not answer
/// @param unreadCount null where message-service does not answer
/// @param myRole null where one has just left
/// @param participants at most 100, those who have been in it longest
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

  /// Somebody in the conversation.
  public record ParticipantView(String id, String name, String email, Role role) {

    String shownName() {
      return name.isBlank() ? email : name;
    }
  }
}
