package com.secureapprove.chat.systemtests.chaos.history;

/// Something that a device saw, in the order in which it did.
public sealed interface Seen {

  /// A message that was brought by an event.
  record Delivered(Message message) implements Seen {}

  /// A message that was asked for over REST.
  record Fetched(Message message) implements Seen {}

  /// Not seen, but known: from now on it sends this message, until it knows what came of it.
  ///
  /// @param key its own id for it
  record Sent(String conversation, String key, String content) implements Seen {}

  /// A message of its own, accepted.
  ///
  /// @param key what the answer was to
  record Accepted(String key, Message message) implements Seen {}

  /// Not seen, but known: somebody asks from now on that its person be put into a conversation.
  record Invited(String conversation) implements Seen {}

  /// Not seen, but known: somebody who asked so was told that its person was not put in.
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
