package com.secureapprove.chat.gateway.frames;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A frame from a client.
public sealed interface ClientFrame {

  /// A heartbeat. The pong carries the resume position.
  record Ping() implements ClientFrame {}

  /// A message to send.
  record Send(UUID conversationId, String content, List<UUID> attachmentIds, String clientMessageId)
      implements ClientFrame {}

  /// The person is typing.
  record Typing(UUID conversationId) implements ClientFrame {}

  /// The person has read up to a message, or up to the newest one.
  record MarkRead(UUID conversationId, @Nullable UUID upTo) implements ClientFrame {}

  /// The client has received up to a message.
  record Delivered(UUID conversationId, UUID upTo) implements ClientFrame {}

  /// A new access token of the same person, before the old one expires.
  record Auth(String token) implements ClientFrame {}

  /// A frame that violates the protocol.
  record Invalid(String detail, @Nullable String clientMessageId) implements ClientFrame {}
}
