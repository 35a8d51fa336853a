package com.secureapprove.chat.benchmark.workload;

import com.secureapprove.chat.benchmark.load.BenchmarkPerson;
import com.secureapprove.chat.benchmark.load.Counts;
import com.secureapprove.chat.benchmark.load.Load;
import com.secureapprove.chat.benchmark.load.Pair;
import com.secureapprove.chat.benchmark.load.Run;
import com.secureapprove.chat.benchmark.report.Result;
import com.secureapprove.chat.benchmark.stack.StatementMeter;
import com.secureapprove.chat.benchmark.stack.StatementMeter.Counted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// B7: how cost grows. B1 and B6 with more stored messages, after every component was restarted,
/// and messages to groups of 10 to 5,000 members.
final class Growth implements Workload {
  private static final String GROUPS = "groups";
  private static final int MESSAGES_PER_SECOND = 5;
  private static final double TOLERANCE = 1.1;
  private static final double RATE_TOLERANCE = 0.9;

  @Override
  public String id() {
    return "B7";
  }

  @Override
  public String description() {
    return "B1 and B6 with more stored messages (--history); groups of 10 to 5,000";
  }

  @Override
  public void run(BenchRun run) throws Exception {
    groups(run);
    double rate = OneToOne.baseline(run).deliveredPerSecond();
    int stored = 0;
    for (int history : run.settings().histories()) {
      run.report().note("B7: storing %,d messages".formatted(history - stored));
      fill(run, history - stored);
      stored = history;
      run.restart();
      String suffix = " with %,d messages stored".formatted(history);
      Run messages = OneToOne.measure(run, id(), suffix);
      run.report()
          .add(
              Result.atLeast(
                  id(),
                  "delivered, of B1" + suffix,
                  messages.deliveredPerSecond(),
                  "/s",
                  rate,
                  RATE_TOLERANCE));
      run.report()
          .point(
              id(), "delivered", "/s", "stored messages", history, messages.deliveredPerSecond());
      Reading.measure(run, id(), suffix);
    }
  }

  /// Stores messages of the pairs' senders, as their past.
  private static void fill(BenchRun run, int count) throws Exception {
    int each = count / run.pairs().size();
    int done = 0;
    try (Connection connection = run.stack().database();
        Statement statement = connection.createStatement()) {
      for (Pair pair : run.pairs()) {
        fill(statement, pair, each);
        done++;
        if (done % 25 == 0) {
          run.report().note("B7: %,d of %,d messages stored".formatted(done * each, count));
        }
      }
      statement.execute("analyze message.message");
    }
  }

  private static void fill(Statement statement, Pair pair, int count) throws SQLException {
    statement.execute(
        """
        insert into message.message (tenant, id, conversation_id, seq, sender_id, sender_seq,
          client_message_id, fingerprint, content, created_at, updated_at)
        select c.tenant, gen_random_uuid(), c.id, c.last_seq + n, p.user_id, s.sent + n,
          'past-' || (c.last_seq + n), '', repeat('x', 100), now(), now()
        from message.conversation c
        cross join lateral (select * from message.participant p
          where p.tenant = c.tenant and p.conversation_id = c.id limit 1) p
        cross join lateral (select coalesce(max(sender_seq), 0) as sent from message.message
          where tenant = c.tenant and conversation_id = c.id and sender_id = p.user_id) s
        cross join generate_series(1, %1$d) n where c.id = '%2$s'
        """
            .formatted(count, pair.conversation()));
    statement.execute(
        "update message.conversation set last_seq = last_seq + %d where id = '%s'"
            .formatted(count, pair.conversation()));
  }

  /// Sends at a fixed rate to ever larger groups whose members are all connected.
  private void groups(BenchRun run) throws Exception {
    List<Integer> sizes =
        run.settings().quick() ? List.of(10, 100, 1_000) : List.of(10, 100, 1_000, 5_000);
    run.disconnectPairs();
    List<String> ids = run.stack().people(GROUPS, sizes.getLast());
    Counts counts = Counts.fresh();
    List<BenchmarkPerson> connected = new ArrayList<>();
    double smallestRows = 0;
    for (int size : sizes) {
      run.report().note("B7: a group of %,d".formatted(size));
      List<BenchmarkPerson> joining = new ArrayList<>();
      for (int i = connected.size(); i < size; i++) {
        joining.add(run.load().person(GROUPS, i, counts));
      }
      run.load().connect(joining, run.stack().gateway(), 32);
      connected.addAll(joining);
      String group = run.stack().group(GROUPS, 0, ids.subList(1, size));
      smallestRows = group(run, group, connected, counts, smallestRows);
    }
    run.load().disconnect(connected);
  }

  /// Measures one group. Returns the rows written a message of the smallest one.
  private double group(
      BenchRun run, String group, List<BenchmarkPerson> members, Counts counts, double smallestRows)
      throws Exception {
    // Gateways write further delivered positions of large groups once a minute.
    Duration time = Duration.ofSeconds(run.settings().size(60, 20));
    BenchmarkPerson sender = members.getFirst();
    sender.onAck(() -> {});
    Load.NthSend send = (_, intended) -> sender.send(group, intended);
    Load.pace(MESSAGES_PER_SECOND, Duration.ofSeconds(5), send);
    Run messages;
    Counted counted;
    try (StatementMeter meter = new StatementMeter(run.stack(), true)) {
      meter.start();
      messages = run.load().measure(counts, () -> Load.pace(MESSAGES_PER_SECOND, time, send));
      Load.awaitQuiet(counts);
      counted = meter.stop();
    }
    int size = members.size();
    long acked = Math.max(1, messages.acked());
    long lastSeen = counted.written().getOrDefault("presence.last_seen", 0L);
    double rows = (double) (counted.rowsWritten() - lastSeen) / acked;
    double micros = messages.cpuMicros("message", acked) + messages.cpuMicros("postgres", acked);
    MessageFigures figures =
        new MessageFigures(run.report(), id(), ", group of %,d".formatted(size));
    if (smallestRows > 0) {
      run.report()
          .add(
              Result.atMost(
                  id(),
                  "rows written a message, group of %,d".formatted(size),
                  rows,
                  "",
                  smallestRows,
                  TOLERANCE));
    } else {
      figures.plain("rows written a message", rows, "");
    }
    figures.plain(
        "rows of positions written a message",
        (double) counted.written().getOrDefault("message.participant", 0L) / acked,
        "");
    // Connected people are seen whether or not there are messages.
    figures.plain("rows of presence written", (double) lastSeen, "");
    figures.plain("CPU a message, message-service and PostgreSQL", micros, "µs");
    figures.plain(
        "CPU a delivery, gateway",
        messages.cpuMicros("gateway", Math.max(1, messages.delivered())),
        "µs");
    figures.plain("p99, send to delivery", messages.millis(99), "ms");
    run.report().point(id(), "rows written a message", "", "members", size, rows);
    run.report()
        .point(
            id(), "CPU a message, message-service and PostgreSQL", "µs", "members", size, micros);
    TopStatements.note(run, counted, acked);
    return smallestRows > 0 ? smallestRows : rows;
  }
}
