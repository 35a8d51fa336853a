package com.secureapprove.chat.importdjango.tables;

import com.secureapprove.chat.contracts.AttachmentView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A message to be stored. Its place in the conversation is drawn when it is.
public record NewMessage(
    UUID id,
    UUID conversationId,
    String senderId,
    String content,
    List<AttachmentView> attachments,
    Instant createdAt,
    Instant updatedAt) {

  /// The idempotency key. Clients make their own keys, so it cannot meet one of theirs.
  public String clientMessageId() {
    return id.toString();
  }
}
