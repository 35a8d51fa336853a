package com.secureapprove.chat.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message as clients see it.
///
/// @param seq its place in the conversation: 1, 2, 3 … without gaps
/// @param status for the person it is shown to; `sent` in frames, which are the same for everyone
public record MessageView(
    UUID id,
    UUID conversation,
    long seq,
    String senderId,
    String senderName,
    String senderEmail,
    String content,
    boolean hasAttachments,
    List<AttachmentView> attachments,
    Instant createdAt,
    Instant updatedAt,
    @Nullable String clientMessageId,
    MessageStatus status) {

  /// The same message with another status.
  public MessageView withStatus(MessageStatus other) {
    return new MessageView(
        id,
        conversation,
        seq,
        senderId,
        senderName,
        senderEmail,
        content,
        hasAttachments,
        attachments,
        createdAt,
        updatedAt,
        clientMessageId,
        other);
  }
}
