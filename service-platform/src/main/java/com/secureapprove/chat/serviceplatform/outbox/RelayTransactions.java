package com.secureapprove.chat.serviceplatform.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// The relay's transactions. Only they can read the outbox of all tenants.
record RelayTransactions(DataSource database) {

  /// What a transaction does.
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /// Runs the work in a transaction, which is rolled back if it throws.
  <T> T run(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        OutboxRows.actAsRelay(connection);
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }
}
