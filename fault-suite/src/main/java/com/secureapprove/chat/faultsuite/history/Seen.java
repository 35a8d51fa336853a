package com.secureapprove.chat.faultsuite.history;

/// Something that a device saw, in the order in which it did.
public sealed interface Seen {

  /// A message that was brought by an event.
  record Delivered(Message message) implements Seen {}

  /// A message that was asked for over REST.
  record Fetched(Message message) implements Seen {}

  /// The device sends this message from now on, until it knows the outcome.
  ///
  /// @param key its idempotency key
  record Sent(String conversation, String key, String content) implements Seen {}

  /// A message of the device was accepted.
  ///
  /// @param key the idempotency key of the answer
  record Accepted(String key, Message message) implements Seen {}

  /// A request to add the person to a conversation begins.
  record Invited(String conversation) implements Seen {}

  /// A request to add the person was refused.
  record NotInvited(String conversation) implements Seen {}

  /// That its person was put into a conversation that was there already.
  record Joined(String conversation) implements Seen {}

  /// That its person was taken out of a conversation, or left.
  record Left(String conversation) implements Seen {}

  /// Not seen, but known: all is quiet, and only last words are said from now on.
  record Quiet() implements Seen {}

  /// That events were missed.
  record Resynced() implements Seen {}
}
