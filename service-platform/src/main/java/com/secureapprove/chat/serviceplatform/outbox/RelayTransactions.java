package com.secureapprove.chat.serviceplatform.outbox;

import com.secureapprove.chat.serviceplatform.database.PlainTransactions;
import java.sql.SQLException;
import javax.sql.DataSource;

/// The relay's transactions. Only they can read the outbox of all tenants.
record RelayTransactions(DataSource database) {

  /// Runs the work in a transaction, which is rolled back if it throws.
  <T> T run(PlainTransactions.Work<T> work) throws SQLException {
    return PlainTransactions.run(
        database,
        connection -> {
          OutboxRows.actAsRelay(connection);
          return work.in(connection);
        });
  }
}
