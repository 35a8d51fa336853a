package com.secureapprove.chat.benchmark.stack;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts the statements of the services, by `pg_stat_statements`, and the rows that PostgreSQL
/// read and wrote. Statements are tracked only between [#start] and [#stop], so that other
/// workloads do not pay for it.
///
/// Not counted: transaction control, setting the tenant, and what outbox, relay and the rounds of
/// presence-service do in the background.
public final class StatementMeter implements AutoCloseable {

  /// A session flushes its counters at the latest ten seconds after it became idle.
  private static final long FLUSHED_WITHIN_MILLIS = 11_000;

  private static final String COUNTED =
      """
      select r.rolname, s.calls, s.rows, s.query
      from pg_stat_statements s join pg_roles r on r.oid = s.userid
      where r.rolname like 'chat\\_%'
        and s.query !~* '^\\s*(begin|commit|rollback|start|set|reset|discard|show)\\y'
        and s.query !~* '(set_config|outbox|relay_lease|into last_seen|from directory order by tenant)'
      order by s.calls desc
      """;

  private static final String ROWS =
      """
      select t.schemaname || '.' || regexp_replace(t.relname, '_[0-9]+$', ''),
        sum(t.seq_tup_read + coalesce(i.entries, 0))::bigint as read,
        sum(t.n_tup_ins + t.n_tup_upd + t.n_tup_del)::bigint as written
      from pg_stat_user_tables t
      left join (select relid, sum(idx_tup_read) as entries from pg_stat_user_indexes group by relid) i
        using (relid)
      where t.schemaname in ('conversation', 'message', 'presence', 'attachment')
        and t.relname <> 'relay_lease' and (t.relname not like 'outbox%%' or %s)
      group by 1
      """;

  private final Connection connection;
  private final boolean withOutbox;
  private Map<String, Rows> before = Map.of();

  /// Rows of one table.
  private record Rows(long read, long written) {}

  /// One statement.
  ///
  /// @param service the schema of the service that executed it
  public record Call(String service, String query, long calls, long rows) {}

  /// The counts of a stretch.
  ///
  /// @param read rows and index entries read, by table
  /// @param written rows inserted, updated or deleted, by table
  public record Counted(List<Call> calls, Map<String, Long> read, Map<String, Long> written) {

    /// How many statements a service executed.
    public long statements(String service) {
      return calls.stream()
          .filter(call -> call.service().equals(service))
          .mapToLong(Call::calls)
          .sum();
    }

    /// How many statements all services executed.
    public long statements() {
      return calls.stream().mapToLong(Call::calls).sum();
    }

    /// How many rows were read in all tables.
    public long rowsRead() {
      return read.values().stream().mapToLong(Long::longValue).sum();
    }

    /// How many rows were written in all tables.
    public long rowsWritten() {
      return written.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /// @param withOutbox whether rows of the outbox count
  public StatementMeter(BenchStack stack, boolean withOutbox) throws SQLException {
    this.connection = stack.database();
    this.withOutbox = withOutbox;
    execute("create extension if not exists pg_stat_statements with schema public");
  }

  /// Begins to count. Takes eleven seconds, so that earlier counts have arrived.
  public void start() throws SQLException, InterruptedException {
    track("top");
    Thread.sleep(FLUSHED_WITHIN_MILLIS);
    before = rows();
    execute("select pg_stat_statements_reset()");
  }

  /// Ends to count. Takes eleven seconds for the rows, which sessions report late.
  public Counted stop() throws SQLException, InterruptedException {
    List<Call> calls = calls();
    track("none");
    Thread.sleep(FLUSHED_WITHIN_MILLIS);
    Map<String, Long> read = new LinkedHashMap<>();
    Map<String, Long> written = new LinkedHashMap<>();
    rows()
        .forEach((table, now) -> {
          Rows then = before.getOrDefault(table, new Rows(0, 0));
          read.put(table, now.read() - then.read());
          written.put(table, now.written() - then.written());
        });
    return new Counted(calls, read, written);
  }

  private void track(String which) throws SQLException {
    execute("alter system set pg_stat_statements.track = '%s'".formatted(which));
    execute("select pg_reload_conf()");
  }

  private List<Call> calls() throws SQLException {
    List<Call> calls = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(COUNTED)) {
      while (rows.next()) {
        calls.add(
            new Call(
                rows.getString(1).replace("chat_", ""),
                rows.getString(4).replaceAll("\\s+", " "),
                rows.getLong(2),
                rows.getLong(3)));
      }
    }
    return calls;
  }

  private Map<String, Rows> rows() throws SQLException {
    Map<String, Rows> all = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ROWS.formatted(withOutbox))) {
      while (rows.next()) {
        all.put(rows.getString(1), new Rows(rows.getLong(2), rows.getLong(3)));
      }
    }
    return all;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
