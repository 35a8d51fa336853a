package com.secureapprove.chat.serviceplatform.outbox;

import com.secureapprove.chat.serviceplatform.outbox.Gaps.Gap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The relay's statements on the table `outbox_event`, across all tenants. Each runs in the
/// transaction of the connection that it is given.
final class OutboxRows {
  /// The number of partitions of the table.
  static final int SLOTS = 8;

  /// @param payload null if the row belongs to a shard that was not asked for
  /// @param age in seconds
  record Row(long position, int shard, UUID eventId, String payload, double age) {}

  /// Rows of one snapshot, by position.
  ///
  /// @param xmin the oldest transaction that was running in it
  record Page(List<Row> rows, long xmin) {}

  /// An event's place in the outbox.
  record Place(long position, Instant createdAt) {}

  private static final String ACT_AS_RELAY =
      """
      select set_config('chat.relay', 'on', true), set_config('enable_seqscan', 'off', true),
             set_config('enable_bitmapscan', 'off', true);
      """;

  private static final String NEXT_ROWS =
      "(select * from outbox_event where position > ? order by position limit ?)";

  private static final String READ = read(NEXT_ROWS);

  /// There is seldom a gap, and looking for none doubles the cost of an idle read.
  private static final String READ_WITH_GAPS =
      read(
          """
          (%s union all
           select e.* from unnest(?, ?) g(lowest, highest)
           cross join lateral (
             select * from outbox_event
             where position >= g.lowest and position <= g.highest) e)
          """
              .formatted(NEXT_ROWS));

  private OutboxRows() {}

  private static String read(String rows) {
    return ACT_AS_RELAY
        + """
        with now as materialized (
          select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) as xmin)
        select now.xmin, r.position, r.shard, r.event_id,
               case when r.shard = any(?) then r.payload end as payload,
               extract(epoch from now() - r.created_at) as age
        from now left join %s r on true
        order by r.position
        """
            .formatted(rows);
  }

  /// The slot into which events are inserted now. A slot is emptied when everything in it is older
  /// than the time to keep, so the length only decides how many rows are removed together.
  static int slotAt(Instant now, Duration kept) {
    long seconds = Math.max(1, kept.toSeconds() / (SLOTS - 2));
    return (int) (now.getEpochSecond() / seconds % SLOTS);
  }

  /// Lets the transaction read events of all tenants, and by position only: a plan that was made
  /// while a partition was empty must not read it whole later.
  static void actAsRelay(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(ACT_AS_RELAY);
    }
  }

  /// The rows in the gaps, and the next rows above `highest`. Needs no transaction around it: the
  /// driver sends its two statements together, and PostgreSQL runs them as one transaction.
  ///
  /// @param shards whose payloads are wanted
  static Page read(
      Connection connection, Collection<Integer> shards, long highest, List<Gap> gaps, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(gaps.isEmpty() ? READ : READ_WITH_GAPS)) {
      select.setArray(1, connection.createArrayOf("int2", shards.toArray()));
      select.setLong(2, highest);
      select.setInt(3, limit);
      if (!gaps.isEmpty()) {
        select.setArray(
            4, connection.createArrayOf("int8", gaps.stream().map(Gap::from).toArray()));
        select.setArray(5, connection.createArrayOf("int8", gaps.stream().map(Gap::to).toArray()));
      }
      List<Row> rows = new ArrayList<>();
      long xmin = 0;
      select.execute();
      select.getMoreResults();
      try (ResultSet result = select.getResultSet()) {
        while (result.next()) {
          xmin = result.getLong(1);
          if (result.getObject(2) != null) {
            rows.add(
                new Row(
                    result.getLong(2),
                    result.getInt(3),
                    result.getObject(4, UUID.class),
                    result.getString(5),
                    result.getDouble(6)));
          }
        }
      }
      return new Page(rows, xmin);
    }
  }

  /// A new transaction id. It is higher than every id assigned before.
  static long nextTransaction(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select cast(cast(pg_current_xact_id() as text) as bigint)")) {
      row.next();
      return row.getLong(1);
    }
  }

  /// Rows of one shard in a range of positions that are above another position or younger than an
  /// instant.
  ///
  /// @param after exclusive
  /// @param upTo inclusive
  static List<Row> ofShard(
      Connection connection,
      int shard,
      long after,
      long upTo,
      long above,
      Instant youngerThan,
      int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select position, shard, event_id, payload, extract(epoch from now() - created_at)
            from outbox_event
            where position > ? and position <= ? and shard = ?
              and (position > ? or created_at > ?)
            order by position limit ?
            """)) {
      select.setLong(1, after);
      select.setLong(2, upTo);
      select.setInt(3, shard);
      select.setLong(4, above);
      select.setObject(5, youngerThan.atOffset(java.time.ZoneOffset.UTC));
      select.setInt(6, limit);
      List<Row> rows = new ArrayList<>();
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          rows.add(
              new Row(
                  result.getLong(1),
                  result.getInt(2),
                  result.getObject(3, UUID.class),
                  result.getString(4),
                  result.getDouble(5)));
        }
      }
      return rows;
    }
  }

  /// Where an event of the shard is in the outbox. Reads all of it, so it is for faults only.
  static Optional<Place> find(Connection connection, int shard, UUID eventId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select position, created_at from outbox_event where shard = ? and event_id = ?")) {
      select.setInt(1, shard);
      select.setObject(2, eventId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Place(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()))
            : Optional.empty();
      }
    }
  }

  /// Empties the slots in which every event is older than the time to keep and at or below
  /// `position`.
  static void truncate(Connection connection, long position, Duration kept, int currentSlot)
      throws SQLException {
    for (int slot = 0; slot < SLOTS; slot++) {
      if (slot != currentSlot && isDone(connection, slot, position, kept)) {
        try (Statement truncate = connection.createStatement()) {
          truncate.execute("truncate outbox_event_" + slot);
        }
      }
    }
  }

  private static boolean isDone(Connection connection, int slot, long position, Duration kept)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select position <= ? and created_at < now() - make_interval(secs => ?) from outbox_event
            where slot = ? order by position desc limit 1
            """)) {
      select.setLong(1, position);
      select.setDouble(2, kept.toMillis() / 1000.0);
      select.setInt(3, slot);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
