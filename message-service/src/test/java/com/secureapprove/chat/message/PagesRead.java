package com.secureapprove.chat.message;

import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.quarkus.arc.Arc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;

/// Counts the pages and index entries that PostgreSQL visited for some work, from its own
/// statistics. A plan that reads unneeded rows shows here, independent of the machine's speed.
final class PagesRead {
  private static final String EARLIER_SESSIONS =
      "select count(*) from pg_stat_activity where datname = current_database()"
          + " and usename = 'chat_message' and backend_start < '%s'";

  private static final String PAGES =
      """
      select coalesce(sum(heap_blks_read + heap_blks_hit
                          + coalesce(idx_blks_read + idx_blks_hit, 0)), 0)
      from pg_statio_user_tables where schemaname = 'message' and relname in ('%s')
      """;

  private static final String ENTRIES =
      """
      select coalesce(sum(idx_tup_read), 0)
      from pg_stat_user_indexes where schemaname = 'message' and relname in ('%s')
      """;

  private PagesRead() {}

  /// Runs the work `times` times and returns the pages of these tables visited for each.
  static long perCall(int times, Runnable work, String... tables) {
    return perCall(PAGES, times, work, tables);
  }

  /// Like [#perCall], but returns the entries of indexes that were read.
  static long entriesPerCall(int times, Runnable work, String... tables) {
    return perCall(ENTRIES, times, work, tables);
  }

  private static long perCall(String total, int times, Runnable work, String... tables) {
    String sql = total.formatted(String.join("', '", tables));
    long before = settled(sql);
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return (settled(sql) - before) / times;
  }

  /// A database session reports its statistics at most once a second, and when it ends. So this
  /// ends the sessions of the service first.
  private static long settled(String total) {
    try {
      String now = one("select clock_timestamp()");
      Arc.container().instance(AgroalDataSource.class).get().flush(FlushMode.GRACEFUL);
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> one(EARLIER_SESSIONS.formatted(now)),
              earlierSessions -> earlierSessions.equals("0"));
      return Long.parseLong(one(total));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String one(String sql) throws SQLException {
    try (Connection connection = BackingServices.shared().superuser(MessageStores.DATABASE);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
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
