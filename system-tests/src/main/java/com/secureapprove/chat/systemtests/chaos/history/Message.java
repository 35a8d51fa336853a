package com.secureapprove.chat.systemtests.chaos.history;

/// A message as somebody saw it.
///
/// @param seq its place in the conversation
/// @param key the client's own id for it
public record Message(
    String conversation, long seq, String id, String sender, String key, String content) {

  @Override
  public String toString() {
    return "%s#%d %s by %s".formatted(conversation, seq, key, sender);
  }
}
