package com.secureapprove.chat.gateway.resume;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.eventstream.StreamPosition;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The live delivery of a tenant, which a connection joins at the end of its [CatchUp].
public interface LiveFeed {
  /// The position up to which events were delivered live; null if it is not known.
  @Nullable StreamPosition position();

  /// Whether the person is in the conversation now.
  boolean isIn(UUID conversation, String person);

  /// Whether the membership index is new enough to decide if the person receives the event.
  boolean canDecide(String person, StreamPosition position, EventEnvelope event);

  /// Delivers all further events to the connection.
  void goLive(Connection connection);
}
