package com.secureapprove.chat.benchmark.limit;

import com.secureapprove.chat.benchmark.stack.BenchStack;
import com.secureapprove.chat.benchmark.stack.CpuMeter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// The limit of B1: what the same PostgreSQL does with one transaction for each message, which
/// inserts one row of the same shape, with 8 clients. pgbench is not part of the embedded
/// PostgreSQL.
public final class OneRowCommits {
  private static final int CLIENTS = 8;

  /// The result of a measurement.
  ///
  /// @param perSecond commits a second
  /// @param cpuMicros PostgreSQL's CPU time for one
  public record Figures(double perSecond, double cpuMicros) {}

  private OneRowCommits() {}

  /// Commits for this long.
  public static Figures measure(BenchStack stack, Duration time) throws Exception {
    try (Connection connection = stack.database();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists bench_row");
      statement.execute(
          """
          create table bench_row (tenant text, id uuid primary key, conversation_id uuid, seq bigint,
            sender_id text, content text, created_at timestamptz default now(),
            unique (tenant, conversation_id, seq))
          """);
    }
    AtomicLong commits = new AtomicLong();
    CpuMeter cpu =
        new CpuMeter(() -> {
          Map<String, ProcessHandle> processes = stack.processes();
          processes.keySet().retainAll(Set.of("postgres"));
          return processes;
        });
    List<Connection> connections = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (int i = 0; i < CLIENTS; i++) {
        connections.add(stack.database());
      }
      cpu.start();
      long begin = System.nanoTime();
      long end = begin + time.toNanos();
      List<Future<?>> clients = new ArrayList<>();
      for (Connection connection : connections) {
        clients.add(
            threads.submit(() -> {
              insertUntil(connection, end, commits);
              return null;
            }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      // The connections are still open: the CPU time of an ended process would be missing.
      double cpuMicros = cpu.total().toNanos() / 1e3 / commits.get();
      return new Figures(commits.get() / seconds, cpuMicros);
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  private static void insertUntil(Connection connection, long end, AtomicLong commits)
      throws SQLException {
    UUID conversation = UUID.randomUUID();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into bench_row (tenant, id, conversation_id, seq, sender_id, content)"
                + " values ('bench', ?, ?, ?, 'sender', ?)")) {
      for (long seq = 1; System.nanoTime() < end; seq++) {
        insert.setObject(1, UUID.randomUUID());
        insert.setObject(2, conversation);
        insert.setLong(3, seq);
        insert.setString(4, "x".repeat(100));
        insert.executeUpdate();
        commits.incrementAndGet();
      }
    }
  }
}
