package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.EventEnvelope;
import org.jspecify.annotations.Nullable;

/// An entry of a stream.
///
/// @param event null where it is unreadable, of a kind unknown here, or a repeat
/// @param size about how much room it takes, in bytes
record StreamEntry(StreamPosition position, @Nullable EventEnvelope event, int size) {

  StreamEntry asRepeat() {
    return new StreamEntry(position, null, 0);
  }
}
