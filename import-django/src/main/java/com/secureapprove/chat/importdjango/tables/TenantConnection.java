package com.secureapprove.chat.importdjango.tables;

import com.secureapprove.chat.importdjango.report.ImportFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;

/// A connection to the schema of one service, with the service's role. Each transaction sets the
/// tenant, and sees and writes rows of this tenant only. For one thread.
public final class TenantConnection implements AutoCloseable {
  private final Connection connection;
  private final String tenant;

  private TenantConnection(Connection connection, String tenant) {
    this.connection = connection;
    this.tenant = tenant;
  }

  /// Connects as the role `chat_<service>`.
  ///
  /// @param url the JDBC address of the chat database, as in `CHAT_DATABASE_URL`
  public static TenantConnection open(String url, String service, String password, String tenant)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "chat_" + service);
    properties.setProperty("password", password);
    properties.setProperty("currentSchema", service);
    properties.setProperty("ApplicationName", "import-django");
    Connection connection = DriverManager.getConnection(url, properties);
    try {
      connection.setAutoCommit(false);
      return new TenantConnection(connection, tenant);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /// Reserves the tenant until this connection ends, so that two imports cannot mix.
  ///
  /// @throws ImportFailure if another import runs
  public void reserve() throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 18))")) {
      lock.setString(1, "import-django " + tenant);
      try (ResultSet row = lock.executeQuery()) {
        if (!row.next() || !row.getBoolean(1)) {
          throw new ImportFailure("Another import into the tenant %s runs".formatted(tenant));
        }
      }
    }
    connection.commit();
  }

  Connection jdbc() {
    return connection;
  }

  String tenant() {
    return tenant;
  }

  /// Work of one transaction.
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /// Runs work in one transaction, which is rolled back if the work fails.
  <T> T transaction(Work<T> work) throws SQLException {
    try {
      begin();
      T result = work.run();
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    }
  }

  /// The roles have time limits that suit requests. The statements of an import take longer.
  private void begin() throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement(
            """
            select set_config('chat.tenant', ?, true), set_config('lock_timeout', '60s', true),
                   set_config('statement_timeout', '10min', true)
            """)) {
      set.setString(1, tenant);
      set.execute();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
