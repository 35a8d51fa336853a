package com.secureapprove.chat.serviceplatform.database;

import com.secureapprove.chat.platform.problem.Dependencies;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Drops the pooled connections when the database fails. After a failover they may lead to a server
/// that is now read-only or does not run any more; new connections find the new primary.
@Singleton
class PooledConnections {
  /// Dropping them for each failed request would add a connection attempt to each.
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /// Wrong password, or too many connections: the pooled connections still work.
  private static final String AUTHORIZATION_CLASS = "28";

  private static final String RESOURCES_CLASS = "53";

  private final AgroalDataSource database;
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  PooledConnections(AgroalDataSource database) {
    this.database = database;
  }

  void onFailure(@Observes Dependencies.Failed failure) {
    long due = next.get();
    long now = System.nanoTime();
    if (failure.dependency().equals(Dependencies.DATABASE)
        && isConnectionUseless(failure.cause())
        && now - due >= 0
        && next.compareAndSet(due, now + INTERVAL.toNanos())) {
      database.flush(FlushMode.GRACEFUL);
    }
  }

  private static boolean isConnectionUseless(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState();
        return state != null
            && !state.startsWith(AUTHORIZATION_CLASS)
            && !state.startsWith(RESOURCES_CLASS);
      }
    }
    return false;
  }
}
