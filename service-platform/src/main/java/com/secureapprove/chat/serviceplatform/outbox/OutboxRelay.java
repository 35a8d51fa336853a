package com.secureapprove.chat.serviceplatform.outbox;

import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventsConfig;
import com.secureapprove.chat.platform.outage.Backoff;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Dependencies;
import com.secureapprove.chat.platform.problem.Outage;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.serviceplatform.metrics.EventMeters;
import com.secureapprove.chat.serviceplatform.outbox.OutboxRows.Page;
import com.secureapprove.chat.serviceplatform.outbox.OutboxRows.Row;
import com.secureapprove.chat.serviceplatform.outbox.RelayLeases.Lease;
import com.secureapprove.chat.serviceplatform.outbox.RelayLeases.Progress;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Appends committed events to their streams.
///
/// 1. One replica relays a shard at a time, under a lease with a fencing token that Redis checks.
/// 2. Rows are read by position, and only once. A position is drawn before its transaction commits,
///    so a missing one is remembered and read later ([Gaps]). Two events of one aggregate are never
///    read out of order: their positions are drawn under the aggregate's lock, and a snapshot that
///    shows the later one shows the earlier one.
/// 3. How far a shard is published is stored about once a second. A relay that takes over reads on
///    from there, and asks the stream which of those events its predecessor has appended.
/// 4. If Redis comes back without events that were appended, they are read from the outbox and
///    appended again. Consumers recognise repeats by the event's id.
/// 5. Slots of the outbox in which everything is old, published and applied are truncated.
///
/// A commit wakes the relays of all replicas, because another replica may hold the shard.
@Startup(
    Interceptor.Priority
        .LIBRARY_AFTER) // when the Redis client is complete: two threads cannot make it
@Singleton
class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int BATCH = 500;
  private static final int APPEND_ATTEMPTS = 3;
  private static final Duration IDLE = Duration.ofMillis(250);
  private static final Duration STORING = Duration.ofSeconds(1);
  private static final Duration CHECKING = Duration.ofSeconds(2);
  private static final Duration CLEANING = Duration.ofSeconds(10);

  /// Longer than the interval at which progress is stored.
  private static final Duration UNSTORED = Duration.ofSeconds(5);

  private final RedisFunctions functions;
  private final String component;
  private final RelayLeases leases;
  private final Dependencies dependencies;
  private final RelayTransactions transactions;
  private final StreamComparison comparison;
  private final StreamReconciliation reconciliation;
  private final RelayWakeups relayWakeups;
  private final EventsConfig config;
  private final Clock clock = Clock.systemUTC();
  private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(3));
  private final AtomicInteger committed = new AtomicInteger();
  private final Semaphore work = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("outbox-relay").unstarted(this::run);
  private final Map<Integer, ShardRelay> shards = new TreeMap<>();
  private @Nullable Gaps gaps;
  private volatile boolean stopped;
  private String waitsFor = "";
  private volatile double lagSeconds;
  private volatile int relayedShards;
  private long storeAt = System.nanoTime();
  private long checkAt = System.nanoTime();
  private long cleanAt = System.nanoTime() + CLEANING.toNanos();

  OutboxRelay(
      DataSource database,
      RedisFunctions functions,
      RedisDataSource redis,
      EventCodec codec,
      RelayWakeups relayWakeups,
      EventsConfig config,
      Dependencies dependencies,
      EventMeters meters,
      @ConfigProperty(name = "chat.internal.part") String component) {
    this.transactions = new RelayTransactions(database);
    this.functions = functions;
    this.component = component;
    this.leases = new RelayLeases(database);
    this.comparison = new StreamComparison(redis, codec);
    this.reconciliation = new StreamReconciliation(comparison, transactions, meters);
    this.relayWakeups = relayWakeups;
    this.config = config;
    this.dependencies = dependencies;
    meters.ofRelay(() -> lagSeconds, () -> relayedShards);
  }

  @PostConstruct
  void start() {
    relayWakeups.listen(work::release);
    thread.start();
  }

  @PreDestroy
  void stop() throws InterruptedException {
    stopped = true;
    work.release();
    thread.join(Duration.ofSeconds(5));
    try {
      storeProgress();
      leases.release();
    } catch (SQLException e) {
      LOG.warnf("relay_lease_not_released reason=%s", Reason.of(e));
    }
  }

  /// There are new rows of that shard. Never blocks.
  void wake(int shard) {
    committed.getAndUpdate(known -> known | 1 << shard);
    work.release();
  }

  private void run() {
    while (!stopped) {
      try {
        work.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
        follow(held());
        relayedShards = shards.size();
        int fresh = committed.getAndSet(0);
        if (shards.keySet().stream().reduce(fresh, (rest, shard) -> rest & ~(1 << shard)) != 0) {
          relayWakeups.send();
        }
        while (!stopped && relayPage()) {
          follow(held());
        }
        housekeeping();
        waitsFor = "";
        backoff.reset();
      } catch (InterruptedException _) {
        return;
      } catch (SQLException | RuntimeException e) {
        leases.renewNext();
        if (Outage.of(e).equals(Optional.of(Outage.DATABASE))) {
          dependencies.failed(Dependencies.DATABASE, e);
        } else {
          logOnce(Reason.of(e));
        }
        backoff.pause();
      }
    }
  }

  /// Logs a reason if the relay does not already wait for it.
  private void logOnce(String reason) {
    if (!reason.equals(waitsFor)) {
      waitsFor = reason;
      LOG.warnf("relay_waits reason=%s", reason);
    }
  }

  /// A renewal writes, so it also shows that the database can be written again after an outage.
  private Map<Integer, Lease> held() throws SQLException {
    if (leases.renew()) {
      dependencies.answered(Dependencies.DATABASE);
    }
    return leases.held();
  }

  /// Takes over shards whose lease is new, and forgets those whose lease is lost.
  private void follow(Map<Integer, Lease> held) throws SQLException {
    shards
        .values()
        .removeIf(relay -> {
          Lease lease = held.get(relay.shard());
          return lease == null || lease.fence() != relay.fence();
        });
    if (shards.isEmpty()) {
      gaps = null;
    }
    for (Map.Entry<Integer, Lease> lease : held.entrySet()) {
      if (!shards.containsKey(lease.getKey())) {
        takeOver(new ShardRelay(lease.getKey(), component, functions, lease.getValue()), held);
      }
    }
  }

  /// Continues where the former relay of the shard stopped. Rows that this relay has passed while
  /// the shard was not its own are read now.
  private void takeOver(ShardRelay relay, Map<Integer, Lease> held) throws SQLException {
    if (gaps == null) {
      gaps =
          new Gaps(
              held.values().stream()
                  .mapToLong(lease -> lease.progress().published())
                  .min()
                  .orElse(0));
    }
    if (!relay.end().equals(StreamId.NONE)) {
      // Progress is stored now and then: the former relay appended more than it stored.
      long since = Math.max(0, relay.end().ms() - UNSTORED.toMillis());
      relay.found(comparison.eventsFrom(relay.shard(), new StreamId(since, 0)));
    }
    long from = relay.published();
    while (from < gaps.highest()) {
      long after = from;
      long upTo = gaps.highest();
      List<Row> rows =
          transactions.run(connection ->
              OutboxRows.ofShard(connection, relay.shard(), after, upTo, 0, Instant.EPOCH, BATCH));
      publish(relay, rows);
      from = rows.size() < BATCH ? upTo : rows.getLast().position();
    }
    shards.put(relay.shard(), relay);
  }

  /// Publishes up to a batch of rows; true if there may be more.
  private boolean relayPage() throws SQLException {
    Gaps known = gaps;
    if (known == null) {
      lagSeconds = 0;
      return false;
    }
    Page page;
    try (Connection connection = transactions.database().getConnection()) {
      page = OutboxRows.read(connection, shards.keySet(), known.highest(), known.open(), BATCH);
    }
    Map<Integer, List<Row>> rows = new HashMap<>();
    double oldest = 0;
    int fresh = 0;
    for (Row row : page.rows()) {
      if (shards.containsKey(row.shard())) {
        rows.computeIfAbsent(row.shard(), _ -> new ArrayList<>()).add(row);
        oldest = Math.max(oldest, row.age());
      }
      if (row.position() > known.highest()) {
        fresh++;
      }
    }
    lagSeconds = oldest;
    for (ShardRelay relay : shards.values()) {
      List<Row> own = rows.get(relay.shard());
      if (own != null) {
        publish(relay, own);
      }
    }
    List<Long> positions = page.rows().stream().map(Row::position).toList();
    long bound = known.misses(positions) ? transactions.run(OutboxRows::nextTransaction) : 0;
    known.read(positions, page.xmin(), bound);
    shards.values().forEach(relay -> relay.published(known.complete()));
    return fresh == BATCH;
  }

  /// Appends rows. If the stream does not end where it should, reconciles it with the outbox first.
  private void publish(ShardRelay relay, List<Row> rows) throws SQLException {
    for (int attempt = 0; attempt < APPEND_ATTEMPTS; attempt++) {
      Optional<StreamId> other = relay.append(rows);
      if (other.isEmpty()) {
        return;
      }
      long read = gaps == null ? 0 : gaps.highest();
      reconciliation.reconcile(relay, other.get(), read);
    }
    throw new IllegalStateException("the stream of shard " + relay.shard() + " keeps changing");
  }

  private void housekeeping() throws SQLException {
    long now = System.nanoTime();
    if (now - checkAt >= 0) {
      checkAt = now + CHECKING.toNanos();
      for (ShardRelay relay : shards.values()) {
        publish(relay, List.of());
      }
    }
    if (now - storeAt >= 0) {
      storeAt = now + STORING.toNanos();
      storeProgress();
    }
    if (now - cleanAt >= 0) {
      cleanAt = now + CLEANING.toNanos();
      clean();
    }
  }

  private void storeProgress() throws SQLException {
    Map<Integer, Progress> progress = new HashMap<>();
    shards.forEach((shard, relay) -> progress.put(shard, relay.progress()));
    if (!progress.isEmpty()) {
      leases.store(progress);
    }
  }

  /// Trims streams to the resume window, and truncates slots that are no longer needed.
  private void clean() throws SQLException {
    for (ShardRelay relay : shards.values()) {
      relay.trim(config.resumeWindow().toMillis(), config.streamLength());
    }
    storeProgress();
    if (!shards.isEmpty()) {
      long done = leases.donePosition();
      transactions.run(connection -> {
        OutboxRows.truncate(
            connection,
            done,
            config.resumeWindow(),
            OutboxRows.slotAt(clock.instant(), config.resumeWindow()));
        return done;
      });
    }
  }
}
