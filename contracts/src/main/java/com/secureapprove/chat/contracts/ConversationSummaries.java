package com.secureapprove.chat.contracts;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What message-service adds to a page of conversations for a person.
public record ConversationSummaries(List<Summary> summaries) {

  /// @param conversationIds at most 1,000
  public record Request(List<UUID> conversationIds) {}

  /// @param lastMessage the last message that the person may see
  /// @param unreadCount others' messages after the person's read position
  /// @param lastReadSeq null until something was read
  public record Summary(
      UUID conversationId,
      @Nullable MessageView lastMessage,
      long unreadCount,
      long lastSeq,
      @Nullable Long lastReadSeq) {}
}
