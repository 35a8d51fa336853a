package com.secureapprove.chat.gateway.connection;

/// The state of a connection. Its methods are the only transitions.
sealed interface ConnectionState {

  /// Open, but not greeted yet: its memberships are being loaded.
  record Joining() implements ConnectionState {
    Live welcome() {
      return new Live();
    }
  }

  /// Greeted: it receives events.
  record Live() implements ConnectionState {}

  /// Draining: it receives pending responses, and its further frames are ignored.
  record Leaving() implements ConnectionState {}

  /// Closed. Only the first cause counts.
  record Closed(CloseCause cause) implements ConnectionState {}

  /// The state after the drain has started.
  default ConnectionState leave() {
    return switch (this) {
      case Joining _, Live _ -> new Leaving();
      case Leaving leaving -> leaving;
      case Closed already -> already;
    };
  }

  /// The state after a close. The first cause stays.
  default Closed close(CloseCause cause) {
    return switch (this) {
      case Joining _, Live _, Leaving _ -> new Closed(cause);
      case Closed already -> already;
    };
  }
}
