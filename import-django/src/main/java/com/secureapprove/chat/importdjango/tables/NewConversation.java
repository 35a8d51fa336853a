package com.secureapprove.chat.importdjango.tables;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation to be stored, with its participants in the order in which they joined.
///
/// @param pairKey of a 1-to-1; null for a group
/// @param lastSeq the number of its messages
/// @param lastActivityAt the time of its last message, or of its last change without messages
public record NewConversation(
    UUID id,
    @Nullable String title,
    @Nullable String pairKey,
    Instant createdAt,
    Instant updatedAt,
    long lastSeq,
    Instant lastActivityAt,
    List<NewParticipant> participants) {

  /// @param owner whether the person owns the group
  public record NewParticipant(
      String userId, boolean owner, Instant joinedAt, boolean archived, boolean muted) {}

  boolean isGroup() {
    return pairKey == null;
  }
}
