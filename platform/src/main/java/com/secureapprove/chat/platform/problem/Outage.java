package com.secureapprove.chat.platform.problem;

import io.vertx.core.http.HttpClosedException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Tells failures of what is behind us, which pass, from failures of our own.
public final class Outage {
  private static final int DEEPEST = 20;

  /// Idle in a transaction, a transaction as a whole, waiting for a lock.
  private static final Set<String> TIMEOUTS = Set.of("25P03", "25P04", "55P03");

  private Outage() {}

  /// Whether something failed because the database, the file store or another part could not be
  /// reached, was too slow or gave up: nothing was done, or repeating it with the same key is safe.
  public static boolean isCauseOf(Throwable failure) {
    boolean passing = false;
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof SQLException sql) {
        // what the database says of the statement itself is no outage, whatever is around it
        return isOutage(sql.getSQLState());
      }
      passing |=
          cause instanceof IOException
              || cause instanceof HttpClosedException
              || cause instanceof TimeoutException
              || cause instanceof RollbackException;
      cause = cause.getCause();
    }
    return passing;
  }

  /// By the class of the state: connection exception, transaction rollback, insufficient resources,
  /// operator intervention; or because somebody waited too long for a lock, or held one. The
  /// connection pool's own failures have none.
  private static boolean isOutage(@Nullable String state) {
    return state == null
        || state.startsWith("08")
        || state.startsWith("40")
        || state.startsWith("53")
        || state.startsWith("57")
        || TIMEOUTS.contains(state);
  }
}
