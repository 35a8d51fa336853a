package com.secureapprove.chat.serviceplatform.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Transactions by JDBC alone, for the paths that each message takes. A JTA transaction costs a
/// round trip for the tenant and about as much CPU time as a statement.
///
/// The work sets the tenant itself, with [#SET_TENANT] before its first statement. Without a tenant
/// row-level security shows no row. Hibernate and `@Transactional` code do not take part.
public final class PlainTransactions {

  /// Sets the tenant of the transaction: the first parameter of a statement that begins with it.
  /// The driver sends both together, and returns the result of this part first.
  public static final String SET_TENANT = "select set_config('chat.tenant', ?, true); ";

  /// The statements of a transaction.
  public interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  private PlainTransactions() {}

  /// Runs work in a new transaction and commits it. If the work fails, nothing is stored.
  public static <T> T run(DataSource database, Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
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
