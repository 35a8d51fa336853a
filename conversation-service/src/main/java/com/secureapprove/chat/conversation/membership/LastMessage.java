package com.secureapprove.chat.conversation.membership;

import com.secureapprove.chat.contracts.MessageView;

/// Keeps what a conversation shows of its messages' order: how far it has come, and when.
public final class LastMessage {
  private LastMessage() {}

  /// Takes note of a message; the highest wins, in whatever order they are told. Needs a
  /// transaction.
  public static void note(MessageView message) {
    Conversation.update(
        """
        lastSeq = ?2, lastActivityAt = case when lastActivityAt < ?3 then ?3 else lastActivityAt end
        where id = ?1 and lastSeq < ?2
        """,
        message.conversation(),
        message.seq(),
        message.createdAt());
  }
}
