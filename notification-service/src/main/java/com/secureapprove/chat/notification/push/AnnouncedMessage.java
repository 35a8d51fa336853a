package com.secureapprove.chat.notification.push;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message that is to be announced, with the fields that the tenant allows.
///
/// @param senderName null where the tenant does not allow it in notifications
/// @param excerpt the beginning of the text; null where the tenant does not allow it
record AnnouncedMessage(
    UUID id,
    UUID conversationId,
    long seq,
    String senderId,
    @Nullable String senderName,
    @Nullable String excerpt,
    Instant sentAt) {

  /// A message whose lease this replica holds.
  ///
  /// @param attempt its number, 1 for the first; also the fence of the lease
  record Claimed(String tenant, AnnouncedMessage message, int attempt) {}
}
