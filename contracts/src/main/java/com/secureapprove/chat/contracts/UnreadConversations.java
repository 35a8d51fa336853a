package com.secureapprove.chat.contracts;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a person has not read, without muted and archived conversations.
///
/// @param messages the number of unread messages in all conversations
/// @param conversations the number of conversations with unread messages
/// @param newest those with the latest activity, latest first
public record UnreadConversations(long messages, long conversations, List<Conversation> newest) {

  /// @param title as the person sees it
  /// @param senderName of the last message; null if the person wrote it
  /// @param content of the last message; null if the person wrote it
  public record Conversation(
      UUID id,
      String title,
      long unreadCount,
      @Nullable String senderName,
      @Nullable String content) {}
}
