package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.gateway.frames.ServerFrame;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A frame and whom it is for.
///
/// @param conversation everybody who is in it, if any
/// @param people and these, wherever they are
/// @param exceptSession the session that knows already
record AddressedFrame(
    ServerFrame frame,
    @Nullable UUID conversation,
    Set<String> people,
    @Nullable String exceptSession) {

  static AddressedFrame toConversation(UUID conversation, ServerFrame frame) {
    return new AddressedFrame(frame, conversation, Set.of(), null);
  }

  static AddressedFrame toPeople(Set<String> people, ServerFrame frame) {
    return new AddressedFrame(frame, null, people, null);
  }

  AddressedFrame andTo(String person) {
    return new AddressedFrame(frame, conversation, Set.of(person), exceptSession);
  }

  AddressedFrame except(@Nullable String session) {
    return new AddressedFrame(frame, conversation, people, session);
  }
}
