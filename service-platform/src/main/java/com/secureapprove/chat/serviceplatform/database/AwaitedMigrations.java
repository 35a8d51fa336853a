package com.secureapprove.chat.serviceplatform.database;

import com.secureapprove.chat.platform.outage.Backoff;
import com.secureapprove.chat.platform.outage.Reason;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jboss.logging.Logger;

/// Delays the start until the schema has every migration of this release, where another process
/// applies them, such as a Kubernetes Job. On an older schema, consumers of events would fail.
///
/// It reads the history as the role of the service, so it needs no password of the owner.
@Singleton
class AwaitedMigrations {
  private static final Logger LOG = Logger.getLogger(AwaitedMigrations.class);

  /// After the refusal of unsafe settings, before everything that uses tables.
  private static final int PRIORITY = Interceptor.Priority.PLATFORM_BEFORE + 1;

  private final boolean enabled;
  private final Flyway flyway;

  AwaitedMigrations(
      @ConfigProperty(name = "chat.await-migrations", defaultValue = "false") boolean enabled,
      Flyway owners,
      AgroalDataSource database) {
    this.enabled = enabled;
    this.flyway =
        Flyway.configure().configuration(owners.getConfiguration()).dataSource(database).load();
  }

  void onStart(@Observes @Priority(PRIORITY) StartupEvent event) {
    if (enabled) {
      await();
    }
  }

  /// Returns when no migration is pending. Logs one line per change of the state.
  ///
  /// @throws IllegalStateException if the thread is interrupted
  void await() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    String logged = "";
    for (String reason = missing(); !reason.isEmpty(); reason = missing()) {
      if (!reason.equals(logged)) {
        LOG.warnf("migrations_awaited reason=%s", reason);
        logged = reason;
      }
      if (!backoff.pause()) {
        throw new IllegalStateException("interrupted while waiting for migrations");
      }
    }
    if (!logged.isEmpty()) {
      LOG.info("migrations_applied");
    }
  }

  /// The versions of the pending migrations, or why they cannot be read; empty if there are none.
  String missing() {
    try {
      return Arrays.stream(flyway.info().pending())
          .map(MigrationInfo::getVersion)
          .map(String::valueOf)
          .collect(Collectors.joining(","));
    } catch (FlywayException problem) {
      return Reason.of(problem);
    }
  }
}
