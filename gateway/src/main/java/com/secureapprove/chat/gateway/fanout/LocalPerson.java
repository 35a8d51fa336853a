package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.gateway.connection.Connection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person with open sessions here. While their memberships are being loaded, what happens is held
/// back for them.
///
/// On one thread only.
final class LocalPerson {
  private static final int MOST_HELD = 2_000;

  private final Set<Connection> connections = new LinkedHashSet<>();
  private final List<Incoming> held = new ArrayList<>();
  private final @Nullable String since;
  private boolean loaded;
  private boolean missed;

  /// @param since the position from which on events are held back
  LocalPerson(@Nullable String since) {
    this.since = since;
  }

  @Nullable String since() {
    return since;
  }

  Set<Connection> connections() {
    return connections;
  }

  boolean isLoaded() {
    return loaded;
  }

  void hold(Incoming incoming) {
    if (held.size() < MOST_HELD) {
      held.add(incoming);
    } else {
      missed = true;
    }
  }

  /// What was held back, in order; from now on nothing is.
  List<Incoming> release() {
    loaded = true;
    List<Incoming> released = List.copyOf(held);
    held.clear();
    return released;
  }

  /// Whether more happened than could be held back.
  boolean hasMissed() {
    return missed;
  }
}
