package com.secureapprove.chat.importdjango.old;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far one person has come in a conversation.
///
/// @param read the newest message that the person has read
/// @param delivered the newest message that the person has received
public record OldPosition(
    UUID conversationId, long userId, @Nullable Mark read, @Nullable Mark delivered) {

  /// A message in the order of the old chat: by time, then by id.
  ///
  /// @param at when it was read or received, if that is known
  public record Mark(UUID messageId, Instant createdAt, @Nullable Instant at) {

    /// The later one of two messages.
    static @Nullable Mark later(@Nullable Mark one, @Nullable Mark other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      int order = one.createdAt.compareTo(other.createdAt);
      if (order == 0) {
        // PostgreSQL compares the bytes of an id without sign, like its text.
        order = one.messageId.toString().compareTo(other.messageId.toString());
      }
      if (order == 0) {
        return one.at == null ? other : one;
      }
      return order > 0 ? one : other;
    }
  }

  OldPosition with(@Nullable Mark nowRead, @Nullable Mark nowDelivered) {
    return new OldPosition(
        conversationId,
        userId,
        Mark.later(read, nowRead),
        Mark.later(Mark.later(delivered, nowDelivered), nowRead));
  }
}
