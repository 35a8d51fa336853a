package com.secureapprove.chat.gateway.delivery;

import com.secureapprove.chat.gateway.frames.ServerFrame;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A frame with its recipients: the participants of a conversation and the people named by ID.
///
/// @param exceptConnection the ID of the connection that caused the event and already has the
///   result
public record AddressedFrame(
    ServerFrame frame,
    @Nullable UUID conversation,
    Set<String> people,
    @Nullable String exceptConnection) {

  static AddressedFrame toConversation(UUID conversation, ServerFrame frame) {
    return new AddressedFrame(frame, conversation, Set.of(), null);
  }

  static AddressedFrame toPeople(Set<String> people, ServerFrame frame) {
    return new AddressedFrame(frame, null, people, null);
  }

  AddressedFrame andTo(String person) {
    return new AddressedFrame(frame, conversation, Set.of(person), exceptConnection);
  }

  AddressedFrame except(@Nullable String session) {
    return new AddressedFrame(frame, conversation, people, session);
  }
}
