package com.secureapprove.chat.testsupport.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Statements of a superuser, also in the name of another role, in one transaction. A failed
/// statement leaves the transaction usable.
final class RoleSession {
  /// What a failed statement counts as.
  static final long REFUSED = -1;

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final Connection connection;

  RoleSession(Connection connection) {
    this.connection = connection;
  }

  /// Runs a statement as superuser.
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The first column of a query, as superuser.
  List<@Nullable String> column(String query) throws SQLException {
    List<@Nullable String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  /// The result of a query of a number, or the number of rows that a statement changed, in the name
  /// of a role. [#REFUSED] if the role may not. Its effects are undone.
  ///
  /// @param setting such as `chat.tenant`, and its value
  long as(String role, String setting, String value, String sql) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (Statement statement = connection.createStatement()) {
      // one round trip; the result is that of the last statement
      statement.execute(
          "set local role %s; set local %s = '%s'; ".formatted(role, setting, value) + sql);
      statement.getMoreResults();
      if (!statement.getMoreResults()) {
        return statement.getUpdateCount();
      }
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException failure) {
      if (INSUFFICIENT_PRIVILEGE.equals(failure.getSQLState())) {
        return REFUSED;
      }
      return 0; // for example a key that exists: the role was allowed to try
    } finally {
      connection.rollback(before);
    }
  }

  /// Runs something and undoes its effects.
  <T> T undone(Work<T> work) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      return work.run();
    } finally {
      connection.rollback(before);
    }
  }

  /// @param <T> its result
  interface Work<T> {
    T run() throws SQLException;
  }
}
