package com.secureapprove.chat.platform.problem;

import io.vertx.core.http.HttpClosedException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Classifies failures: outages of dependencies end by themselves, our own errors do not. After an
/// outage, nothing was done, or repeating with the same key is safe.
public enum Outage {
  /// The database is unreachable, refuses this component's role, or is a read-only standby.
  DATABASE,
  /// The database works, but this transaction met a lock, a deadlock or a time limit.
  TRANSACTION,
  /// A file store or another component is unreachable or too slow.
  OTHER;

  private static final int DEEPEST = 20;

  /// Classes of SQL states: connection exception, invalid authorization, no such database (during a
  /// restore), insufficient resources, operator intervention, system error.
  private static final Set<String> DATABASE_CLASSES = Set.of("08", "28", "3D", "53", "57", "58");

  private static final String READ_ONLY = "25006";
  private static final String QUERY_CANCELED = "57014";
  private static final String ROLLBACK_CLASS = "40";

  /// Idle in a transaction, a transaction as a whole, a statement, waiting for a lock.
  private static final Set<String> TIMEOUTS = Set.of("25P03", "25P04", QUERY_CANCELED, "55P03");

  /// Whether a failure is an outage of any kind.
  public static boolean isCauseOf(Throwable failure) {
    return of(failure).isPresent();
  }

  /// The kind of outage that caused a failure; empty if the failure is our own error.
  public static Optional<Outage> of(Throwable failure) {
    Optional<Outage> outage = Optional.empty();
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof SQLException sql) {
        // an error of the statement itself is no outage, whichever exception wraps it
        return ofState(sql.getSQLState());
      }
      if (cause instanceof RollbackException || isTimedOutTransaction(cause)) {
        outage = Optional.of(TRANSACTION);
      } else if (outage.isEmpty() && isInterruption(cause)) {
        outage = Optional.of(OTHER);
      }
      cause = cause.getCause();
    }
    return outage;
  }

  /// The cause at the end of the chain, or the error of the database, for logs.
  static String reason(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < DEEPEST; depth++) {
      @Nullable Throwable cause = root.getCause();
      if (root instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState() + " " + sql.getMessage();
      }
      if (cause == null) {
        break;
      }
      root = cause;
    }
    return root.toString();
  }

  private static boolean isInterruption(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof HttpClosedException
        || failure instanceof TimeoutException;
  }

  /// Hibernate says so to the thread whose transaction took too long, after another thread has
  /// rolled it back. It has no specific type, and `platform` does not depend on Hibernate.
  private static boolean isTimedOutTransaction(Throwable failure) {
    return failure.getClass().getName().equals("org.hibernate.HibernateException")
        && "Transaction was rolled back in a different thread".equals(failure.getMessage());
  }

  /// By the SQL state. Failures of the connection pool have none.
  private static Optional<Outage> ofState(@Nullable String state) {
    if (state == null) {
      return Optional.of(DATABASE);
    }
    if (TIMEOUTS.contains(state) || state.startsWith(ROLLBACK_CLASS)) {
      return Optional.of(TRANSACTION);
    }
    boolean database =
        state.equals(READ_ONLY) || DATABASE_CLASSES.stream().anyMatch(state::startsWith);
    return database ? Optional.of(DATABASE) : Optional.empty();
  }
}
