package com.secureapprove.chat.platform.outbox;

import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.vertx.mutiny.redis.client.Response;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
@Startup
@Singleton
class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int BATCH = 500;
  private static final int STREAM_LENGTH = 100_000;
  private static final Duration IDLE = Duration.ofMillis(250);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration CLEANING = Duration.ofMinutes(1);

  private record Row(long position, String payload) {}

  private final DataSource database;
  private final RedisFunctions functions;
  private final String part;
  private final RelayLeases leases;
  private final Semaphore work = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("outbox-relay").unstarted(this::run);
  private volatile boolean stopped;
  private volatile double lagSeconds;
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
        clean();
      } catch (InterruptedException _) {
        return;
      } catch (SQLException | RuntimeException e) {
        leases.doubt();
        LOG.warnf("relay_waits reason=%s", e.getMessage());
      }
    }
  }

  /// Publishes up to a batch of rows; true where there may be more.
  private boolean relayBatch(Map<Integer, Long> fences) throws SQLException {
    if (fences.isEmpty()) {
      return false;
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        actAsRelay(connection);
        Map<Integer, List<Row>> pending = pending(connection, fences);
        int count = 0;
        for (Map.Entry<Integer, List<Row>> shard : pending.entrySet()) {
          long fence = java.util.Objects.requireNonNull(fences.get(shard.getKey()));
          List<String> ids = publish(shard.getKey(), fence, shard.getValue());
          mark(connection, shard.getValue(), ids);
          count += ids.size();
        }
        connection.commit();
        if (count == 0) {
          lagSeconds = 0;
        }
        return count == BATCH;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static void actAsRelay(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select set_config('chat.relay', 'on', true)");
    }
  }

  private Map<Integer, List<Row>> pending(Connection connection, Map<Integer, Long> fences)
      throws SQLException {
    Map<Integer, List<Row>> rows = new TreeMap<>();
    double oldest = 0;
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select shard, position, payload, extract(epoch from now() - created_at)
            from outbox where published_at is null and shard = any(?)
            order by position limit ?
            """)) {
      select.setArray(1, connection.createArrayOf("int2", fences.keySet().toArray()));
      select.setInt(2, BATCH);
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          rows.computeIfAbsent(result.getInt(1), _ -> new ArrayList<>())
              .add(new Row(result.getLong(2), result.getString(3)));
          oldest = Math.max(oldest, result.getDouble(4));
        }
      }
    }
    lagSeconds = oldest;
    return rows;
  }

  private List<String> publish(int shard, long fence, List<Row> rows) {
    List<String> arguments = new ArrayList<>(rows.size() + 2);
    arguments.add(Long.toString(fence));
    arguments.add(Integer.toString(STREAM_LENGTH));
    rows.forEach(row -> arguments.add(row.payload()));
    List<String> keys = List.of(EventStreams.stream(shard), EventStreams.fence(shard, part));
    Response ids = functions.call("chat_append", keys, arguments);
    List<String> streamIds = new ArrayList<>(rows.size());
    java.util.Objects.requireNonNull(ids).forEach(id -> streamIds.add(id.toString()));
    return streamIds;
  }

  private static void mark(Connection connection, List<Row> rows, List<String> ids)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update outbox o set published_at = clock_timestamp(), stream_id = p.stream_id
            from unnest(?, ?) as p(position, stream_id) where o.position = p.position
            """)) {
      update.setArray(
          1, connection.createArrayOf("int8", rows.stream().map(Row::position).toArray()));
      update.setArray(2, connection.createArrayOf("text", ids.toArray()));
      update.executeUpdate();
    }
  }

  private void clean() throws SQLException {
    if (System.nanoTime() - cleanAt < 0) {
      return;
    }
    cleanAt = System.nanoTime() + CLEANING.toNanos();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      actAsRelay(connection);
      try (PreparedStatement delete =
          connection.prepareStatement(
              "delete from outbox where published_at < now() - make_interval(secs => ?)")) {
        delete.setDouble(1, KEPT.toSeconds());
        delete.executeUpdate();
      }
      connection.commit();
    }
  }
}
