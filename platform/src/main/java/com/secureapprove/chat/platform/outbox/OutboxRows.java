package com.secureapprove.chat.platform.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The relay's statements on the table `outbox`, across all tenants; each in the transaction of the
/// connection it is given.
final class OutboxRows {

  /// @param age in seconds
  record Pending(long position, String payload, double age) {}

  private OutboxRows() {}

  /// Lifts row-level security for the relay until the transaction ends.
  static void actAsRelay(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select set_config('chat.relay', 'on', true)");
    }
  }

  /// The first rows that are not on their stream yet, by shard and in order.
  static Map<Integer, List<Pending>> pending(
      Connection connection, Collection<Integer> shards, int limit) throws SQLException {
    Map<Integer, List<Pending>> rows = new TreeMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select shard, position, payload, extract(epoch from now() - created_at)
            from outbox where published_at is null and shard = any(?)
            order by position limit ?
            """)) {
      select.setArray(1, connection.createArrayOf("int2", shards.toArray()));
      select.setInt(2, limit);
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          rows.computeIfAbsent(result.getInt(1), _ -> new ArrayList<>())
              .add(new Pending(result.getLong(2), result.getString(3), result.getDouble(4)));
        }
      }
    }
    return rows;
  }

  static void markPublished(Connection connection, List<Pending> rows, List<StreamId> ids)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update outbox o
            set published_at = clock_timestamp(), stream_ms = p.ms, stream_seq = p.seq
            from unnest(?, ?, ?) as p(position, ms, seq) where o.position = p.position
            """)) {
      update.setArray(
          1, connection.createArrayOf("int8", rows.stream().map(Pending::position).toArray()));
      update.setArray(
          2, connection.createArrayOf("int8", ids.stream().map(StreamId::ms).toArray()));
      update.setArray(
          3, connection.createArrayOf("int8", ids.stream().map(StreamId::seq).toArray()));
      update.executeUpdate();
    }
  }

  /// The last place that a row of the shard has on its stream.
  static StreamId lastPublished(Connection connection, int shard) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select stream_ms, stream_seq from outbox
            where shard = ? and published_at is not null
            order by stream_ms desc, stream_seq desc limit 1
            """)) {
      select.setInt(1, shard);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? new StreamId(row.getLong(1), row.getLong(2)) : StreamId.NONE;
      }
    }
  }

  /// Makes those rows pending again that stood after the stream's end, and tells how many.
  static int unpublishAfter(Connection connection, int shard, StreamId end) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update outbox set published_at = null, stream_ms = null, stream_seq = null
            where shard = ? and published_at is not null and (stream_ms, stream_seq) > (?, ?)
            """)) {
      update.setInt(1, shard);
      update.setLong(2, end.ms());
      update.setLong(3, end.seq());
      return update.executeUpdate();
    }
  }

  /// Makes those rows pending again that not every group has applied, or that are younger than
  /// that, and tells how many.
  static int unpublishUnapplied(Connection connection, int shard, Duration young)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update outbox o set published_at = null, stream_ms = null, stream_seq = null
            from relay_lease l
            where o.shard = ? and l.shard = o.shard and o.published_at is not null
              and ((o.stream_ms, o.stream_seq) > (l.applied_ms, l.applied_seq)
                   or o.published_at > now() - make_interval(secs => ?))
            """)) {
      update.setInt(1, shard);
      update.setDouble(2, young.toMillis() / 1000.0);
      return update.executeUpdate();
    }
  }

  /// Remembers that every group has applied the shard's stream up to there.
  static void markApplied(Connection connection, int shard, StreamId applied) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update relay_lease set applied_ms = ?, applied_seq = ? where shard = ?")) {
      update.setLong(1, applied.ms());
      update.setLong(2, applied.seq());
      update.setInt(3, shard);
      update.executeUpdate();
    }
  }

  /// The event that stands at a place on the stream, if it is one of ours that is still kept.
  static Optional<UUID> eventAt(Connection connection, int shard, StreamId id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select event_id from outbox
            where shard = ? and published_at is not null and stream_ms = ? and stream_seq = ?
            """)) {
      select.setInt(1, shard);
      select.setLong(2, id.ms());
      select.setLong(3, id.seq());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
      }
    }
  }

  /// Marks those of these events that are still pending as standing at these places; tells how
  /// many.
  static int markFound(Connection connection, int shard, Map<UUID, StreamId> found)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update outbox o
            set published_at = clock_timestamp(), stream_ms = f.ms, stream_seq = f.seq
            from unnest(?, ?, ?) as f(event_id, ms, seq)
            where o.event_id = f.event_id and o.shard = ? and o.published_at is null
            """)) {
      update.setArray(1, connection.createArrayOf("uuid", found.keySet().toArray()));
      update.setArray(
          2, connection.createArrayOf("int8", found.values().stream().map(StreamId::ms).toArray()));
      update.setArray(
          3,
          connection.createArrayOf("int8", found.values().stream().map(StreamId::seq).toArray()));
      update.setInt(4, shard);
      return update.executeUpdate();
    }
  }

  /// Forgets what was published longer ago than it is kept for a loss of Redis.
  ///
  /// @param applied up to where every consumer has applied what is on the stream
  static void clean(Connection connection, int shard, StreamId applied, Duration kept)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            delete from outbox
            where shard = ? and published_at < now() - make_interval(secs => ?)
              and (stream_ms, stream_seq) <= (?, ?)
            """)) {
      delete.setInt(1, shard);
      delete.setDouble(2, kept.toMillis() / 1000.0);
      delete.setLong(3, applied.ms());
      delete.setLong(4, applied.seq());
      delete.executeUpdate();
    }
  }
}
