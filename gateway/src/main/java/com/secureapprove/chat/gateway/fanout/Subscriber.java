package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.eventstream.StreamPosition;
import com.secureapprove.chat.gateway.resume.CatchUp;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person with open connections to this gateway. A connection catches up first and then goes
/// live.
///
/// On the shard's event loop only.
final class Subscriber {
  private final Set<Connection> live = new LinkedHashSet<>();
  private final Map<Connection, CatchUp> catchUps = new LinkedHashMap<>();
  private @Nullable StreamPosition since;
  private boolean loaded;

  /// @param since the end of the stream before the person's memberships are loaded
  Subscriber(@Nullable StreamPosition since) {
    this.since = since;
  }

  /// The connections that receive events live.
  Set<Connection> live() {
    return live;
  }

  /// All connections, live or catching up.
  List<Connection> connections() {
    Set<Connection> all = new LinkedHashSet<>(live);
    all.addAll(catchUps.keySet());
    return List.copyOf(all);
  }

  List<CatchUp> catchUps() {
    return List.copyOf(catchUps.values());
  }

  @Nullable CatchUp catchUpOf(Connection connection) {
    return catchUps.get(connection);
  }

  void add(Connection connection, CatchUp catchUp) {
    catchUps.put(connection, catchUp);
  }

  void goLive(Connection connection) {
    if (catchUps.remove(connection) != null) {
      live.add(connection);
    }
  }

  void remove(Connection connection) {
    live.remove(connection);
    CatchUp stopped = catchUps.remove(connection);
    if (stopped != null) {
      stopped.stop();
    }
  }

  boolean isEmpty() {
    return live.isEmpty() && catchUps.isEmpty();
  }

  /// Whether the person's memberships are loaded.
  boolean isLoaded() {
    return loaded;
  }

  /// Starts the connections that waited for the person's memberships.
  void loaded() {
    loaded = true;
    catchUps().forEach(CatchUp::start);
  }

  /// Whether the loaded memberships are at least as new as the entry at that position.
  boolean isLoadedAfter(StreamPosition position) {
    return since != null && !since.isBefore(position);
  }

  void forgetPosition() {
    since = null;
  }
}
