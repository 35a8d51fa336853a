package com.secureapprove.chat.platform.outbox;

import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.events.EventsConfig;
import com.secureapprove.chat.platform.outbox.OutboxRows.Pending;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.runtime.Startup;
import io.vertx.mutiny.redis.client.Response;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Appends committed events to their streams, shard by shard in the order of their rows.
///
/// Rows are marked, never skipped by position: of two transactions the later position may commit
/// first. One replica at a time relays a shard, by a lease whose fencing number Redis checks. A
/// crash between appending and marking appends again; consumers know repeats by the event's id.
/// Where Redis comes back without what was appended before, that is appended again.
///
/// A commit wakes the relay at once, also that of another replica, which may hold the shard.
@Startup(Interceptor.Priority.LIBRARY_AFTER) // when the Redis client is whole: two cannot make it
@Singleton
class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int BATCH = 500;
  private static final Duration IDLE = Duration.ofMillis(250);
  private static final Duration CLEANING = Duration.ofSeconds(10);
  private static final Duration CHECKING = Duration.ofSeconds(2);

  private final DataSource database;
  private final RedisFunctions functions;
  private final String part;
  private final RelayLeases leases;
  private final Reconciliation reconciliation;
  private final Nudges nudges;
  private final EventsConfig config;
  private final AtomicInteger committed = new AtomicInteger();
  private final Semaphore work = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("outbox-relay").unstarted(this::run);
  private volatile boolean stopped;
  private volatile double lagSeconds;

  /// The last place that this part has on a stream, as far as its relay of that number knows.
  private record End(long fence, StreamId id) {}

  private final Map<Integer, End> ends = new HashMap<>();

  private boolean checkEnds = true;
  private long checkAt = System.nanoTime();
  private long cleanAt = System.nanoTime() + CLEANING.toNanos();

  OutboxRelay(
      DataSource database,
      RedisFunctions functions,
      RedisDataSource redis,
      EventCodec codec,
      Nudges nudges,
      EventsConfig config,
      MeterRegistry meters,
      @ConfigProperty(name = "chat.internal.part") String part) {
    this.database = database;
    this.functions = functions;
    this.part = part;
    this.leases = new RelayLeases(database);
    this.reconciliation = new Reconciliation(redis, codec, meters);
    this.nudges = nudges;
    this.config = config;
    Gauge.builder("chat_outbox_lag_seconds", () -> lagSeconds)
        .description("Age of the oldest committed event that is not yet on its stream")
        .register(meters);
  }

  @PostConstruct
  void start() {
    nudges.listen(work::release);
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

  /// There are new rows of that shard. Never blocks.
  void wake(int shard) {
    committed.getAndUpdate(shards -> shards | 1 << shard);
    work.release();
  }

  private void run() {
    while (!stopped) {
      try {
        work.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
        Map<Integer, Long> fences = leases.held();
        int fresh = committed.getAndSet(0);
        if (fences.keySet().stream().reduce(fresh, (rest, shard) -> rest & ~(1 << shard)) != 0) {
          nudges.send();
        }
        while (!stopped && relayBatch(fences)) {
          fences = leases.held();
        }
        housekeeping(fences);
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
      lagSeconds = 0;
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

  /// Appends rows to their stream; false where the stream is not as the outbox has it, which then
  /// is brought together.
  private boolean publish(Connection connection, int shard, long fence, List<Pending> rows)
      throws SQLException {
    End known = ends.get(shard);
    if (known == null || known.fence() != fence) {
      known = new End(fence, OutboxRows.lastPublished(connection, shard));
      ends.put(shard, known);
    }
    List<String> arguments = new ArrayList<>(rows.size() + 3);
    arguments.add(part);
    arguments.add(Long.toString(fence));
    arguments.add(known.id().toString());
    rows.forEach(row -> arguments.add(row.payload()));
    List<String> answer =
        call(
            "chat_append",
            List.of(
                EventStreams.stream(shard),
                EventStreams.fence(shard, part),
                EventStreams.ends(shard)),
            arguments);
    if (!answer.isEmpty() && answer.getFirst().equals("AT")) {
      StreamId at = StreamId.parse(answer.getLast());
      reconciliation.reconcile(connection, shard, OutboxRows.lastPublished(connection, shard), at);
      ends.put(shard, new End(fence, at));
      return false;
    }
    if (!rows.isEmpty()) {
      List<StreamId> ids = answer.stream().map(StreamId::parse).toList();
      OutboxRows.markPublished(connection, rows, ids);
      ends.put(shard, new End(fence, ids.getLast()));
    }
    return true;
  }

  private List<String> call(String function, List<String> keys, List<String> arguments) {
    List<String> answer = new ArrayList<>();
    Response response = functions.call(function, keys, arguments);
    if (response != null) {
      response.forEach(each -> answer.add(each.toString()));
    }
    return answer;
  }

  private void housekeeping(Map<Integer, Long> fences) throws SQLException {
    long now = System.nanoTime();
    if (now - checkAt >= 0) {
      checkAt = now + CHECKING.toNanos();
      checkEnds = true;
    }
    if (now - cleanAt >= 0) {
      cleanAt = now + CLEANING.toNanos();
      for (int shard : fences.keySet()) {
        clean(shard);
      }
    }
  }

  /// What nobody needs any more goes from the stream, and from the outbox.
  private void clean(int shard) throws SQLException {
    End known = ends.get(shard);
    if (known == null) {
      return;
    }
    Response answer =
        functions.call(
            "chat_trim",
            List.of(EventStreams.stream(shard), EventStreams.ends(shard)),
            List.of(
                Long.toString(config.resumeWindow().toMillis()),
                Integer.toString(config.streamLength()),
                part,
                known.id().toString()));
    if (answer == null) {
      return;
    }
    StreamId applied = StreamId.parse(answer.toString());
    transaction(connection -> {
      OutboxRows.markApplied(connection, shard, applied);
      OutboxRows.clean(connection, shard, applied, config.resumeWindow());
      return applied;
    });
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
