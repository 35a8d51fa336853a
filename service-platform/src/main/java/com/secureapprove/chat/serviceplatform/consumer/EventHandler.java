package com.secureapprove.chat.serviceplatform.consumer;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import java.util.List;
import java.util.Set;

/// Applies events of other services to this service's own data. A service has at most one handler.
///
/// Calls come from one thread, in the name of the events' tenant. An event may come more than once,
/// and events of different aggregates may come in any order.
public interface EventHandler {

  /// The types that this handler applies. Others are acknowledged without being decoded.
  Set<EventType> wants();

  /// Applies one event.
  ///
  /// @throws Exception if it could not be applied; it is retried a few times, then goes to the dead
  ///   letters
  void handle(EventEnvelope event) throws Exception;

  /// Applies events of one tenant that were read together. A handler can override this to apply
  /// many with one transaction. If it fails, each event is applied separately.
  ///
  /// @param events in the order of the stream
  default void handleAll(List<EventEnvelope> events) throws Exception {
    for (EventEnvelope event : events) {
      handle(event);
    }
  }
}
