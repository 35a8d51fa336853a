package com.secureapprove.chat.platform.problem;

import io.vertx.core.http.HttpClosedException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Distinguishes outages of dependencies, which end by themselves, from our own errors.
public final class Outage {
  private static final int DEEPEST = 20;

  /// Idle in a transaction, a transaction as a whole, waiting for a lock.
  private static final Set<String> TIMEOUTS = Set.of("25P03", "25P04", "55P03");

  private Outage() {}

  /// Whether a failure means that the database, the file store or another component was
  /// unreachable, too slow, or gave up. Then nothing was done, or repeating with the same key is
  /// safe.
  public static boolean isCauseOf(Throwable failure) {
    boolean passing = false;
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof SQLException sql) {
        // an error of the statement itself is no outage, whichever exception wraps it
        return isOutage(sql.getSQLState());
      }
      passing |=
          cause instanceof IOException
              || cause instanceof HttpClosedException
              || cause instanceof TimeoutException
              || cause instanceof RollbackException
              || isTimedOutTransaction(cause);
      cause = cause.getCause();
    }
    return passing;
  }

  /// Hibernate says so to the thread whose transaction took too long, after another thread has
  /// rolled it back. It has no specific type, and `platform` does not depend on Hibernate.
  private static boolean isTimedOutTransaction(Throwable failure) {
    return failure.getClass().getName().equals("org.hibernate.HibernateException")
        && "Transaction was rolled back in a different thread".equals(failure.getMessage());
  }

  /// By the class of the SQL state: connection exception, transaction rollback, insufficient
  /// resources, operator intervention; or a time-out of a lock or a transaction. Failures of the
  /// connection pool have no state.
  private static boolean isOutage(@Nullable String state) {
    return state == null
        || state.startsWith("08")
        || state.startsWith("40")
        || state.startsWith("53")
        || state.startsWith("57")
        || TIMEOUTS.contains(state);
  }
}
