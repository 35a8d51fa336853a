package com.secureapprove.chat.gateway.connection;

import io.vertx.core.Future;

/// Work of a connection. Several units with one key can become one.
public interface CoalescedWork {

  /// The work that does what this one and a later one of the same key would do.
  CoalescedWork with(CoalescedWork later);

  /// Starts the work.
  Future<?> start();
}
