package com.secureapprove.chat.notification.push;

/// What a notification may say of a message. Each value includes those before it.
enum PushContent {
  /// That there is a new message, and nothing of it.
  TITLE_ONLY,
  /// The names of its sender and of the group.
  SENDER,
  /// The beginning of its text.
  TEXT;

  boolean allows(PushContent part) {
    return compareTo(part) >= 0;
  }
}
