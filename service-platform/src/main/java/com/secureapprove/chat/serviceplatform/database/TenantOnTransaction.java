package com.secureapprove.chat.serviceplatform.database;

import com.secureapprove.chat.platform.identity.Caller;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Sets the tenant on each transaction before its first statement. Row-level security compares
/// every row with it; without it no row is visible.
@Singleton
class TenantOnTransaction {
  private final DataSource database;
  private final TransactionManager transactions;
  private final Caller caller;

  TenantOnTransaction(DataSource database, TransactionManager transactions, Caller caller) {
    this.database = database;
    this.transactions = transactions;
    this.caller = caller;
  }

  void began(@Observes @Initialized(TransactionScoped.class) Object transaction)
      throws SQLException, SystemException {
    if (!Arc.container().requestContext().isActive() || caller.tenantIfAny().isEmpty()) {
      return;
    }
    try {
      tell();
    } catch (SQLException | RuntimeException e) {
      // The code that began it does not know that it exists. It would stay on this thread, and the
      // next work would
      // join it, without a tenant and never committed.
      transactions.rollback();
      throw e;
    }
  }

  private void tell() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select set_config('chat.tenant', ?, true)")) {
      statement.setString(1, caller.tenant());
      statement.execute();
    }
  }
}
