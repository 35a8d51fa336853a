package com.secureapprove.chat.platform.outbox;

import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.outbox.OutboxRows.Pending;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Appends committed events to their streams, shard by shard in the order of their rows.
///
/// Rows are marked, never skipped by position: of two transactions the later position may commit
/// first. One replica at a time relays a shard, by a lease whose fencing number Redis checks. A
/// crash between appending and marking appends again; consumers know repeats by the event's id.
/// Where Redis comes back without what was appended before, that is appended again.
@Startup
@Singleton
class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int BATCH = 500;
  private static final int STREAM_LENGTH = 100_000;
  private static final Duration IDLE = Duration.ofMillis(250);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration CLEANING = Duration.ofMinutes(1);
  private static final Duration CHECKING = Duration.ofSeconds(2);

  private final DataSource database;
  private final RedisFunctions functions;
  private final String part;
  private final RelayLeases leases;
  private final Counter repeated;
  private final Semaphore work = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("outbox-relay").unstarted(this::run);
  private volatile boolean stopped;
  private volatile double lagSeconds;

  /// By shard, the last place that this part has on the stream, as far as it knows.
  private final Map<Integer, StreamId> ends = new HashMap<>();

  private boolean checkEnds = true;
  private long checkAt = System.nanoTime();
  private long cleanAt = System.nanoTime() + CLEANING.toNanos();

  OutboxRelay(
      DataSource database,
      RedisFunctions functions,
      MeterRegistry meters,
      @ConfigProperty(name = "chat.internal.part") String part) {
    this.database = database;
    this.functions = functions;
    this.part = part;
    this.leases = new RelayLeases(database);
    this.repeated =
        Counter.builder("chat_events_repeated")
            .description("Events appended again because Redis had lost them")
            .register(meters);
    Gauge.builder("chat_outbox_lag_seconds", () -> lagSeconds)
        .description("Age of the oldest committed event that is not yet on its stream")
        .register(meters);
  }

  @PostConstruct
  void start() {
    thread.start();
  }

  @PreDestroy
  void stop() throws InterruptedException {
    stopped = true;
    work.release();
    thread.join(Duration.ofSeconds(5));
    try {
      leases.release();
    } catch (SQLException e) {
      LOG.warnf("relay_lease_not_released reason=%s", e.getMessage());
    }
  }

  /// There are new rows. Never blocks.
  void wake() {
    work.release();
  }

  private void run() {
    while (!stopped) {
      try {
        work.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
        boolean more = true;
        while (more && !stopped) {
          more = relayBatch(leases.held());
        }
        housekeeping();
      } catch (InterruptedException _) {
        return;
      } catch (SQLException | RuntimeException e) {
        leases.doubt();
        ends.clear();
        LOG.warnf("relay_waits reason=%s", e.getMessage());
      }
    }
  }

  /// Publishes up to a batch of rows; true where there may be more.
  private boolean relayBatch(Map<Integer, Long> fences) throws SQLException {
    if (fences.isEmpty()) {
      ends.clear();
      return false;
    }
    return transaction(connection -> {
      Map<Integer, List<Pending>> pending = OutboxRows.pending(connection, fences.keySet(), BATCH);
      lagSeconds =
          pending.values().stream().mapToDouble(rows -> rows.getFirst().age()).max().orElse(0);
      boolean repaired = false;
      int count = 0;
      for (Map.Entry<Integer, Long> shard : fences.entrySet()) {
        List<Pending> rows = pending.getOrDefault(shard.getKey(), List.of());
        if (!rows.isEmpty() || checkEnds) {
          repaired |= !publish(connection, shard.getKey(), shard.getValue(), rows);
          count += rows.size();
        }
      }
      checkEnds = false;
      return repaired || count == BATCH;
    });
  }

  /// Appends rows to their stream; false where the stream had lost what was appended before, which
  /// then is pending again.
  private boolean publish(Connection connection, int shard, long fence, List<Pending> rows)
      throws SQLException {
    StreamId end = ends.get(shard);
    if (end == null) {
      end = OutboxRows.lastPublished(connection, shard);
      ends.put(shard, end);
    }
    List<String> arguments = new ArrayList<>(rows.size() + 3);
    arguments.add(Long.toString(fence));
    arguments.add(Integer.toString(STREAM_LENGTH));
    arguments.add(end.toString());
    rows.forEach(row -> arguments.add(row.payload()));
    List<String> keys = List.of(EventStreams.stream(shard), EventStreams.fence(shard, part));
    List<String> answer = new ArrayList<>();
    Objects.requireNonNull(functions.call("chat_append", keys, arguments))
        .forEach(each -> answer.add(each.toString()));
    if (answer.size() == 2 && answer.getFirst().equals("BEHIND")) {
      int again = OutboxRows.unpublishAfter(connection, shard, StreamId.parse(answer.getLast()));
      ends.remove(shard);
      repeated.increment(again);
      LOG.warnf("stream_lost_its_tail shard=%d events_repeated=%d", shard, again);
      return false;
    }
    if (!rows.isEmpty()) {
      List<StreamId> ids = answer.stream().map(StreamId::parse).toList();
      OutboxRows.markPublished(connection, rows, ids);
      ends.put(shard, ids.getLast());
    }
    return true;
  }

  private void housekeeping() throws SQLException {
    long now = System.nanoTime();
    if (now - checkAt >= 0) {
      checkAt = now + CHECKING.toNanos();
      checkEnds = true;
    }
    if (now - cleanAt >= 0) {
      cleanAt = now + CLEANING.toNanos();
      transaction(connection -> OutboxRows.clean(connection, KEPT));
    }
  }

  private interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  private <T> T transaction(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        OutboxRows.actAsRelay(connection);
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }
}
