package com.secureapprove.chat.notification.dispatching;

import com.secureapprove.chat.serviceplatform.database.PlainTransactions;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// The tenants with work that is due. Thread-safe.
@Singleton
public class DueTenants {
  private final DataSource database;

  DueTenants(DataSource database) {
    this.database = database;
  }

  /// The names of the tenants, longest due first, in a separate transaction. Needs no request
  /// context.
  ///
  /// @param table with the columns `tenant` and `due_at`, and a policy that shows its rows while
  ///   `chat.all_tenants` is on; must not come from a request
  public List<String> in(String table) throws SQLException {
    return PlainTransactions.run(
        database,
        connection -> {
          List<String> tenants = new ArrayList<>();
          try (Statement statement = connection.createStatement()) {
            statement.execute("select set_config('chat.all_tenants', 'on', true)");
            try (ResultSet rows =
                statement.executeQuery(
                    "select tenant from " + table + " where due_at <= now() order by due_at")) {
              while (rows.next()) {
                tenants.add(rows.getString(1));
              }
            }
          }
          return tenants;
        });
  }
}
