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
record Parcel(
    ServerFrame frame,
    @Nullable UUID conversation,
    Set<String> people,
    @Nullable String exceptSession) {

  static Parcel toConversation(UUID conversation, ServerFrame frame) {
    return new Parcel(frame, conversation, Set.of(), null);
  }

  static Parcel toPeople(Set<String> people, ServerFrame frame) {
    return new Parcel(frame, null, people, null);
  }

  Parcel andTo(String person) {
    return new Parcel(frame, conversation, Set.of(person), exceptSession);
  }

  Parcel except(@Nullable String session) {
    return new Parcel(frame, conversation, people, session);
  }
}
