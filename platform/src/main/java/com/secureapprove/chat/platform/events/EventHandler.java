package com.secureapprove.chat.platform.events;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import java.util.Set;

/// What a service does with others' events. A service has at most one.
///
/// Called on one thread, one event after the other, each in the name of its tenant. The same event
/// may come again, and events of different aggregates in any order.
public interface EventHandler {

  /// The events it wants to hear of.
  Set<EventType> wants();

  /// Applies one event.
  ///
  /// @throws Exception where it could not be applied; it comes again a few times, then goes to the
  ///   dead letters
  void handle(EventEnvelope event) throws Exception;
}
