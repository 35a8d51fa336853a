package com.secureapprove.chat.importdjango.old;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Parameters and columns of statements on the old database.
final class OldRows {
  /// The most rows that a cursor reads in one step.
  static final int ROWS_AT_ONCE = 1_000;

  private OldRows() {}

  /// The ids of conversations, for a parameter.
  static Array idsOf(Connection connection, List<OldConversation> page) throws SQLException {
    return ids(connection, page.stream().map(OldConversation::id).toList());
  }

  static Array ids(Connection connection, Collection<UUID> ids) throws SQLException {
    return connection.createArrayOf("uuid", ids.toArray());
  }

  static @Nullable Long number(ResultSet rows, int column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? null : value;
  }

  /// Times keep their milliseconds, as everywhere in this chat.
  static Instant time(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant().truncatedTo(ChronoUnit.MILLIS);
  }
}
