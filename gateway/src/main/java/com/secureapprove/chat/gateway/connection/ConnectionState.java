package com.secureapprove.chat.gateway.connection;

/// The life of a connection. Its methods are the only transitions.
sealed interface ConnectionState {

  /// Accepted; not welcomed yet, because what it must hear of is being found out.
  record Joining() implements ConnectionState {
    Live welcome() {
      return new Live();
    }
  }

  /// Hears of everything.
  record Live() implements ConnectionState {}

  /// Is answered what it asked before, and asks nothing more.
  record Leaving() implements ConnectionState {}

  /// Over, for the first cause that came.
  record Closed(CloseCause cause) implements ConnectionState {}

  /// What it becomes when it is to end soon.
  default ConnectionState leave() {
    return switch (this) {
      case Joining _, Live _ -> new Leaving();
      case Leaving leaving -> leaving;
      case Closed already -> already;
    };
  }

  /// What it becomes when it ends; the first cause stays.
  default Closed close(CloseCause cause) {
    return switch (this) {
      case Joining _, Live _, Leaving _ -> new Closed(cause);
      case Closed already -> already;
    };
  }
}
