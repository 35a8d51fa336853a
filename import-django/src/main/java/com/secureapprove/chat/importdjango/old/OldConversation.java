package com.secureapprove.chat.importdjango.old;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `chat_chatconversation` with its participants, by `joined_at`.
///
/// @param secondOfPair whether the same two people have another 1-to-1 with later messages
public record OldConversation(
    UUID id,
    @Nullable String title,
    boolean isGroup,
    Instant createdAt,
    Instant updatedAt,
    boolean secondOfPair,
    List<OldParticipant> participants) {

  /// A row of `chat_chatparticipant`.
  public record OldParticipant(
      long userId, long unread, boolean archived, boolean muted, Instant joinedAt) {}
}
