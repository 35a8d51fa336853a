package com.secureapprove.chat.faultsuite.history;

/// A message as a client received it.
///
/// @param seq its number in the conversation
/// @param key the client's idempotency key
public record ObservedMessage(
    String conversation, long seq, String id, String sender, String key, String content) {

  @Override
  public String toString() {
    return "%s#%d %s by %s".formatted(conversation, seq, key, sender);
  }
}
