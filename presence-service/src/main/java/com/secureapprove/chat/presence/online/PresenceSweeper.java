package com.secureapprove.chat.presence.online;

import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.serviceplatform.database.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;

/// Marks inactive people as offline and saves last-seen times, for all tenants. Every replica runs
/// it; atomic Redis operations prevent duplicate work.
@Singleton
class PresenceSweeper {
  private static final Logger LOG = Logger.getLogger(PresenceSweeper.class);

  private interface Work {
    void on(String tenant) throws Exception;
  }

  private final Tenants tenants;
  private final PresenceStore store;
  private final PresenceConfig config;
  private final Clock clock = Clock.systemUTC();

  PresenceSweeper(Tenants tenants, PresenceStore store, PresenceConfig config) {
    this.tenants = tenants;
    this.store = store;
    this.config = config;
  }

  @Scheduled(
      every = "${chat.presence.sweep:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void sweep() {
    forEachTenant("sweep", this::sweep);
  }

  @Scheduled(
      every = "${chat.presence.save:15s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
      skipExecutionIf = Scheduled.ApplicationNotRunning.class)
  void save() {
    forEachTenant("save", this::save);
  }

  private void forEachTenant(String name, Work work) {
    try {
      for (String tenant : tenants.in("directory")) {
        work.on(tenant);
      }
    } catch (Exception e) {
      LOG.warnf("presence_sweep_failed job=%s reason=%s", name, Reason.of(e));
    }
  }

  private void sweep(String tenant) throws Exception {
    if (store.sweep(tenant, config.silence())) {
      return;
    }
    // The data in PostgreSQL is up to one save interval old.
    Instant since = clock.instant().minus(config.silence()).minus(config.save());
    store.seed(tenant, inTransaction(tenant, () -> LastSeen.since(since)));
  }

  private void save(String tenant) throws Exception {
    if (!store.acquireSaveLease(tenant, config.save().dividedBy(2))) {
      return;
    }
    Map<String, Instant> unsaved = store.unsaved(tenant);
    if (unsaved.isEmpty()) {
      return;
    }
    inTransaction(
        tenant,
        () -> {
          LastSeen.save(tenant, unsaved);
          return unsaved;
        });
    Instant upTo = unsaved.values().stream().max(Instant::compareTo).orElseThrow();
    store.saved(tenant, upTo, clock.instant().minus(config.keep()));
  }

  private static <T> T inTransaction(String tenant, java.util.concurrent.Callable<T> work)
      throws Exception {
    return Caller.callAs(tenant, () -> QuarkusTransaction.requiringNew().call(work));
  }
}
