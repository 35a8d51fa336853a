package com.secureapprove.chat.faultsuite.history;

/// An operation or observation of a device, in its order.
public sealed interface HistoryEvent {

  /// An event delivered a message.
  record Delivered(ObservedMessage message) implements HistoryEvent {}

  /// A message was fetched over REST.
  record Fetched(ObservedMessage message) implements HistoryEvent {}

  /// The device starts to send a message, and repeats it until the outcome is known.
  ///
  /// @param key its idempotency key
  record SendInvoked(String conversation, String key, String content) implements HistoryEvent {}

  /// A send of the device was acknowledged.
  ///
  /// @param key the idempotency key in the response
  record SendOk(String key, ObservedMessage message) implements HistoryEvent {}

  /// A request to add the person to a conversation begins.
  record InviteInvoked(String conversation) implements HistoryEvent {}

  /// A request to add the person was refused.
  record InviteFailed(String conversation) implements HistoryEvent {}

  /// The person was added to an existing conversation.
  record Joined(String conversation) implements HistoryEvent {}

  /// The person was removed from a conversation, or left it.
  record Left(String conversation) implements HistoryEvent {}

  /// Marks the end of all faults. From now on only final messages are sent.
  record FaultsEnded() implements HistoryEvent {}

  /// The device received `resync`: it may have missed events.
  record Resynced() implements HistoryEvent {}
}
