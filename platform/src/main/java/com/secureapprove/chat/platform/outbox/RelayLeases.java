package com.secureapprove.chat.platform.outbox;

import com.secureapprove.chat.platform.events.EventStreams;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/// Which shards this replica may relay, and under which fencing number. The numbers live in
/// PostgreSQL, so they grow even when Redis has lost its data.
final class RelayLeases {
  static final Duration LENGTH = Duration.ofSeconds(10);
  private static final Duration RENEWAL = Duration.ofSeconds(3);

  private final DataSource database;
  private final UUID holder = UUID.randomUUID();
  private Map<Integer, Long> fences = Map.of();
  private long renewAt = System.nanoTime();

  RelayLeases(DataSource database) {
    this.database = database;
  }

  /// Fencing numbers by shard; asks for free shards and renews the held ones when it is time.
  Map<Integer, Long> held() throws SQLException {
    if (System.nanoTime() - renewAt < 0) {
      return fences;
    }
    fences = Map.of();
    Map<Integer, Long> granted = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into relay_lease as l (shard, holder, fence, expires_at)
                select s, ?, 1, now() + make_interval(secs => ?) from generate_series(0, ?) s
                on conflict (shard) do update
                set holder = excluded.holder,
                    expires_at = excluded.expires_at,
                    fence = l.fence + case when l.holder = excluded.holder then 0 else 1 end
                where l.holder = excluded.holder or l.expires_at < now()
                returning shard, fence
                """)) {
      statement.setObject(1, holder);
      statement.setDouble(2, LENGTH.toSeconds());
      statement.setInt(3, EventStreams.SHARDS - 1);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          granted.put(rows.getInt(1), rows.getLong(2));
        }
      }
    }
    fences = Map.copyOf(granted);
    renewAt = System.nanoTime() + RENEWAL.toNanos();
    return fences;
  }

  /// Asks again before the next use: something went wrong.
  void doubt() {
    renewAt = System.nanoTime();
  }

  /// Lets another replica take over at once.
  void release() throws SQLException {
    fences = Map.of();
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update relay_lease set expires_at = now() - interval '1 second' where holder = ?")) {
      statement.setObject(1, holder);
      statement.executeUpdate();
    }
  }
}
