package com.secureapprove.chat.importdjango.old;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `chat_chatmessage`.
///
/// @param senderId null if the account of the sender was removed
public record OldMessage(
    UUID id,
    UUID conversationId,
    @Nullable Long senderId,
    String content,
    boolean hasAttachments,
    Instant createdAt,
    Instant updatedAt) {

  /// A row of `chat_chatattachment`.
  ///
  /// @param path relative to the media directory
  public record OldAttachment(
      UUID id,
      UUID messageId,
      String path,
      String filename,
      String contentType,
      long size,
      Instant uploadedAt) {}
}
