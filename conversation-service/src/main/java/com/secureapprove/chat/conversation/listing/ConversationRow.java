package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.conversation.membership.ArchiveRule;
import com.secureapprove.chat.conversation.membership.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation row joined with the caller's participant row.
record ConversationRow(
    UUID id,
    boolean isGroup,
    @Nullable String title,
    Instant createdAt,
    Instant updatedAt,
    long lastSeq,
    Instant lastActivityAt,
    int participantCount,
    Role myRole,
    @Nullable Long archivedAtSeq,
    boolean muted) {

  /// Whether the conversation is archived, given its last `seq`, which may be newer than the one in
  /// the row.
  ///
  /// @param last the highest known `seq` of the conversation
  boolean archived(long last) {
    return ArchiveRule.isArchived(archivedAtSeq, muted, last);
  }
}
