package com.secureapprove.chat.notification.mail;

/// What a mail may say of unread messages. Each value includes those before it.
enum MailContent {
  /// There are no mails.
  OFF,
  /// How many messages are unread, in how many conversations.
  TITLE_ONLY,
  /// The names of the conversations and of the last senders.
  SENDER,
  /// The beginning of the last message of each conversation.
  TEXT;

  boolean allows(MailContent part) {
    return compareTo(part) >= 0;
  }
}
