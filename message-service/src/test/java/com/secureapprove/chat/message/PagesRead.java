package com.secureapprove.chat.message;

import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the pages of tables and indexes that PostgreSQL visited for some work, from its own
/// statistics. A plan that reads unneeded rows shows here, independent of the machine's speed.
final class PagesRead {
  private PagesRead() {}

  /// Runs the work `times` times and returns the pages of these tables visited for each.
  static long perCall(int times, Runnable work, String... tables) {
    long before = settled(tables);
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return (settled(tables) - before) / times;
  }

  /// Database sessions report their statistics at most once a second, so this waits for a stable
  /// total.
  private static long settled(String... tables) {
    AtomicLong last = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(1_200))
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          long now = total(List.of(tables));
          return last.getAndSet(now) == now;
        });
    return last.get();
  }

  private static long total(List<String> tables) throws SQLException {
    try (Connection connection = BackingServices.shared().superuser(MessageStores.DATABASE);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select coalesce(sum(heap_blks_read + heap_blks_hit
                                    + coalesce(idx_blks_read + idx_blks_hit, 0)), 0)
                from pg_statio_user_tables where schemaname = 'message' and relname in ('%s')
                """
                    .formatted(String.join("', '", tables)))) {
      row.next();
      return row.getLong(1);
    }
  }

  /// Runs statements as the superuser, in one session.
  static void sql(String... statements) {
    try (Connection connection = BackingServices.shared().superuser(MessageStores.DATABASE);
        Statement statement = connection.createStatement()) {
      for (String sql : Arrays.asList(statements)) {
        statement.execute(sql);
      }
      // otherwise the pages of these statements could be counted as those of a test
      statement.execute("select pg_stat_force_next_flush()");
      statement.execute("select 1");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
