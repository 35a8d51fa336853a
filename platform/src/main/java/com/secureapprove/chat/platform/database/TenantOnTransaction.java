package com.secureapprove.chat.platform.database;

import com.secureapprove.chat.platform.identity.Caller;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Tells PostgreSQL whose transaction it is, first thing in each. Row-level security compares every
/// row with it; without it no row is visible.
@Singleton
class TenantOnTransaction {
  private final DataSource database;
  private final Caller caller;

  TenantOnTransaction(DataSource database, Caller caller) {
    this.database = database;
    this.caller = caller;
  }

  void began(@Observes @Initialized(TransactionScoped.class) Object transaction)
      throws SQLException {
    if (!Arc.container().requestContext().isActive() || caller.tenantIfAny().isEmpty()) {
      return;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select set_config('chat.tenant', ?, true)")) {
      statement.setString(1, caller.tenant());
      statement.execute();
    }
  }
}
