package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.EventEnvelope;
import java.util.List;

/// An event that came in, and the frames that it means.
///
/// @param eventId where a client stands that has heard of it
record Incoming(EventEnvelope event, String eventId, List<Parcel> parcels) {

  static Incoming of(EventEnvelope event, String eventId) {
    return new Incoming(event, eventId, Parcels.of(event, eventId));
  }
}
