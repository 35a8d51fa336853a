package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.gateway.connection.Connection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person with open sessions here: those that hear of everything as it comes, and those that are
/// still catching up.
///
/// On one thread only.
final class Subscriber {
  private final Set<Connection> live = new LinkedHashSet<>();
  private final Map<Connection, CatchUp> catchingUp = new LinkedHashMap<>();
  private @Nullable StreamPosition since;
  private boolean loaded;

  Subscriber(@Nullable StreamPosition since) {
    this.since = since;
  }

  /// The sessions that get events as they come.
  Set<Connection> live() {
    return live;
  }

  /// Everybody's sessions, live or not.
  List<Connection> sessions() {
    Set<Connection> all = new LinkedHashSet<>(live);
    all.addAll(catchingUp.keySet());
    return List.copyOf(all);
  }

  List<CatchUp> catchingUp() {
    return List.copyOf(catchingUp.values());
  }

  @Nullable CatchUp catchUpOf(Connection connection) {
    return catchingUp.get(connection);
  }

  void add(Connection connection, CatchUp catchUp) {
    catchingUp.put(connection, catchUp);
  }

  void goLive(Connection connection) {
    if (catchingUp.remove(connection) != null) {
      live.add(connection);
    }
  }

  void remove(Connection connection) {
    live.remove(connection);
    CatchUp stopped = catchingUp.remove(connection);
    if (stopped != null) {
      stopped.stop();
    }
  }

  boolean isGone() {
    return live.isEmpty() && catchingUp.isEmpty();
  }

  /// Whether it is known in which conversations they are.
  boolean isLoaded() {
    return loaded;
  }

  void loaded() {
    loaded = true;
  }

  /// Whether what is known of their conversations is at least as new as that entry.
  boolean isLoadedAfter(StreamPosition position) {
    return since != null && !since.isBefore(position);
  }

  void forgetSince() {
    since = null;
  }
}
