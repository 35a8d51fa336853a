package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.Checkout;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;

/// Migrates the schemas of the services in the role that owns them. So a service runs without the
/// owner's password, as in production. Thread-safe.
final class Migrations {
  /// Kept, because the log system forgets levels of loggers that are not referenced.
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private static final int RETRIES = 20;
  private static final int SECONDS_BETWEEN_RETRIES = 2;

  private final Checkout checkout;
  private final Set<Component> migrated = ConcurrentHashMap.newKeySet();

  Migrations(Checkout checkout) {
    this.checkout = checkout;
    FLYWAY.setLevel(Level.SEVERE); // the output of a start lists the components only
  }

  /// Migrates the schema of a service, once in the life of this object. Later starts must not need
  /// the database. The settings are those of `quarkus.flyway` in service-platform.
  ///
  /// @param url the JDBC address of the database
  /// @param password of the owner of the schema
  void migrate(Component service, String url, String password) {
    if (migrated.contains(service)) {
      return;
    }
    Flyway.configure()
        .dataSource(url, "chat_" + service.label() + "_owner", password)
        .connectRetries(RETRIES)
        .connectRetriesInterval(SECONDS_BETWEEN_RETRIES)
        .schemas(service.label())
        .outOfOrder(true)
        .ignoreMigrationPatterns("*:future", "*:missing")
        .locations(
            location("service-platform", "outbox"), location(service.module(), service.label()))
        .load()
        .migrate();
    migrated.add(service);
  }

  private String location(String module, String directory) {
    Path resources = checkout.root().resolve(module).resolve("src/main/resources");
    return "filesystem:" + resources.resolve("db").resolve(directory);
  }
}
