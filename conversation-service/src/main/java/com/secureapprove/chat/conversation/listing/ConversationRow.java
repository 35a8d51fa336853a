package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.conversation.membership.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One of somebody's conversations, as its row and theirs say.
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

  /// Whether it is put away, where this is the last message in it: [ArchivedFilter], for somebody
  /// who knows of newer messages than the row does.
  boolean archived(long last) {
    return archivedAtSeq != null && (muted || archivedAtSeq >= last);
  }
}
