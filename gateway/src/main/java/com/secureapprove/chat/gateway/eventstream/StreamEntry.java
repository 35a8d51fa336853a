package com.secureapprove.chat.gateway.eventstream;

import com.secureapprove.chat.contracts.EventEnvelope;
import org.jspecify.annotations.Nullable;

/// An entry of a stream.
///
/// @param event null if the entry is unreadable, of an unknown event type, or a duplicate
/// @param size the approximate memory use in bytes
public record StreamEntry(StreamPosition position, @Nullable EventEnvelope event, int size) {

  /// The same position without the event, for an event that was on the stream before.
  public StreamEntry asDuplicate() {
    return new StreamEntry(position, null, 0);
  }
}
