package com.secureapprove.chat.gateway.frames;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a client says.
public sealed interface ClientFrame {

  /// The client is there, and asks where it stands.
  record Ping() implements ClientFrame {}

  /// A message to send.
  record Send(UUID conversationId, String content, List<UUID> attachmentIds, String clientMessageId)
      implements ClientFrame {}

  /// The person is typing.
  record Typing(UUID conversationId) implements ClientFrame {}

  /// The person has read up to a message, or everything.
  record MarkRead(UUID conversationId, @Nullable UUID upTo) implements ClientFrame {}

  /// The client has received up to a message.
  record Delivered(UUID conversationId, UUID upTo) implements ClientFrame {}

  /// A fresh access token of the same person, before the old one ends.
  record Auth(String token) implements ClientFrame {}

  /// Nothing that can be understood.
  record Invalid(String detail, @Nullable String clientMessageId) implements ClientFrame {}
}
