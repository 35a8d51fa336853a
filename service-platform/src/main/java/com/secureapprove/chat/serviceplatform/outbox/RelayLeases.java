package com.secureapprove.chat.serviceplatform.outbox;

import com.secureapprove.chat.platform.events.EventStreams;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The leases of shards that this replica may relay, with their fencing tokens and how far each
/// shard is published. They live in PostgreSQL, so tokens grow even if Redis loses its data.
final class RelayLeases {
  static final Duration LENGTH = Duration.ofSeconds(10);
  private static final Duration RENEWAL = Duration.ofSeconds(3);

  /// How far a shard is.
  ///
  /// @param published all events up to this position are on the stream
  /// @param applied all events up to this position are applied by every consumer group
  /// @param end the last entry that this component appended
  /// @param endEvent the event of that entry; null if there is none
  record Progress(long published, long applied, StreamId end, @Nullable UUID endEvent) {}

  /// @param fence the fencing token
  record Lease(long fence, Progress progress) {}

  private final DataSource database;
  private final UUID holder = UUID.randomUUID();
  private Map<Integer, Lease> leases = Map.of();
  private long renewAt = System.nanoTime();

  RelayLeases(DataSource database) {
    this.database = database;
  }

  /// The held leases by shard, with the progress that was stored when they were renewed.
  Map<Integer, Lease> held() {
    return leases;
  }

  /// Takes free shards and renews held ones, if it is time.
  ///
  /// @return whether it was time
  boolean renew() throws SQLException {
    if (System.nanoTime() - renewAt < 0) {
      return false;
    }
    leases = Map.of();
    Map<Integer, Lease> granted = new HashMap<>();
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
                returning shard, fence, published_position, applied_position, end_ms, end_seq, end_event
                """)) {
      statement.setObject(1, holder);
      statement.setDouble(2, LENGTH.toSeconds());
      statement.setInt(3, EventStreams.SHARDS - 1);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          granted.put(
              rows.getInt(1),
              new Lease(
                  rows.getLong(2),
                  new Progress(
                      rows.getLong(3),
                      rows.getLong(4),
                      new StreamId(rows.getLong(5), rows.getLong(6)),
                      rows.getObject(7, UUID.class))));
        }
      }
    }
    leases = Map.copyOf(granted);
    renewAt = System.nanoTime() + RENEWAL.toNanos();
    return true;
  }

  /// Renews before the next use: something failed.
  void renewNext() {
    renewAt = System.nanoTime();
  }

  /// Stores how far shards are, for those that this replica still holds. Does not wait for the
  /// disk, so that a slow disk does not delay the events that follow: an older progress is valid
  /// too.
  void store(Map<Integer, Progress> progress) throws SQLException {
    List<Map.Entry<Integer, Progress>> shards = List.copyOf(progress.entrySet());
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                """
                with setting as (select set_config('synchronous_commit', 'off', true))
                update relay_lease l
                set published_position = p.published, applied_position = p.applied,
                    end_ms = p.end_ms, end_seq = p.end_seq, end_event = p.end_event
                from unnest(?, ?, ?, ?, ?, ?) p(shard, published, applied, end_ms, end_seq, end_event),
                  setting
                where l.shard = p.shard and l.holder = ?
                """)) {
      update.setArray(
          1, connection.createArrayOf("int2", shards.stream().map(Map.Entry::getKey).toArray()));
      update.setArray(
          2,
          connection.createArrayOf(
              "int8", shards.stream().map(s -> s.getValue().published()).toArray()));
      update.setArray(
          3,
          connection.createArrayOf(
              "int8", shards.stream().map(s -> s.getValue().applied()).toArray()));
      update.setArray(
          4,
          connection.createArrayOf(
              "int8", shards.stream().map(s -> s.getValue().end().ms()).toArray()));
      update.setArray(
          5,
          connection.createArrayOf(
              "int8", shards.stream().map(s -> s.getValue().end().seq()).toArray()));
      update.setArray(
          6,
          connection.createArrayOf(
              "uuid", shards.stream().map(s -> s.getValue().endEvent()).toArray()));
      update.setObject(7, holder);
      update.executeUpdate();
    }
  }

  /// The position up to which every shard is published and applied, by any replica.
  long donePosition() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select case when count(*) = ? then min(least(published_position, applied_position))
                            else 0 end
                from relay_lease
                """)) {
      select.setInt(1, EventStreams.SHARDS);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /// Releases the leases, so that another replica can take over immediately.
  void release() throws SQLException {
    leases = Map.of();
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update relay_lease set expires_at = now() - interval '1 second' where holder = ?")) {
      statement.setObject(1, holder);
      statement.executeUpdate();
    }
  }
}
