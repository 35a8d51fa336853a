package com.secureapprove.chat.localstack;

import com.secureapprove.chat.localstack.backing.Keycloak;
import com.secureapprove.chat.localstack.backing.Postgres;
import com.secureapprove.chat.localstack.backing.Redis;
import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.localstack.process.FileLock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The real PostgreSQL, Redis and Keycloak for tests. All test modules of one build share them. The
/// first user starts them, and they stop after the build.
///
/// Each module uses its own database ([#freshDatabase]) and the logical Redis database of its
/// component.
public final class BackingParts {

  private static @Nullable BackingParts shared;

  private final TestHome home;
  private final Postgres postgres;
  private final Redis redis;

  private BackingParts(TestHome home, Postgres postgres, Redis redis) {
    this.home = home;
    this.postgres = postgres;
    this.redis = redis;
  }

  /// The parts that run for the tests of this checkout, started where they do not run yet.
  public static synchronized BackingParts shared() {
    if (shared == null) {
      shared = attach(Checkout.current());
    }
    return shared;
  }

  private static BackingParts attach(Checkout checkout) {
    TestHome home = new TestHome(checkout);
    try (FileLock _ = home.lock()) {
      home.join();
      Postgres postgres =
          new Postgres(home.port(Postgres.NAME), home.directory("postgres"), home.secrets());
      Redis redis = new Redis(home.port(Redis.NAME), home.directory("redis"), home.secrets());
      if (!home.runs(Postgres.NAME)) {
        postgres.start(home.ledger(), checkout.distribution(), home.log(Postgres.NAME));
      }
      if (!home.runs(Redis.NAME)) {
        redis.start(home.ledger(), checkout.distribution(), home.log(Redis.NAME));
      }
      return new BackingParts(home, postgres, redis);
    }
  }

  /// Keycloak with the demo tenants, started when it is first asked for.
  public Keycloak keycloak() {
    try (FileLock _ = home.lock()) {
      Keycloak keycloak =
          new Keycloak(home.port(Keycloak.NAME), home.directory(Keycloak.NAME), home.secrets());
      if (!home.runs(Keycloak.NAME)) {
        keycloak.start(
            home.ledger(),
            home.checkout().distribution(),
            home.checkout().keycloakArchives(),
            home.log(Keycloak.NAME));
      }
      return keycloak;
    }
  }

  /// PostgreSQL itself.
  public Postgres postgres() {
    return postgres;
  }

  /// Redis itself.
  public Redis redis() {
    return redis;
  }

  /// Has the processes of a ledger ended together with these parts, should the test that started
  /// them be killed before it could.
  public void endToo(Path ledger) {
    try (FileLock _ = home.lock()) {
      home.endToo(ledger);
    }
  }

  /// A part's settings ([#settingsFor]) with its stores emptied; more can be put to them.
  public Map<String, String> freshFor(String part, String database) {
    freshDatabase(database);
    freshRedis(part);
    return settingsFor(part, database);
  }

  /// Drops the database, creates it with its schemas and roles, and returns its address.
  public String freshDatabase(String database) {
    postgres.freshDatabase(database);
    return jdbcUrl(database);
  }

  /// The address of a database, without user and password.
  public String jdbcUrl(String database) {
    return postgres.jdbcUrl(database);
  }

  /// The password of a database role: `chat_message`, `chat_message_owner`, …
  public String password(String role) {
    return postgres.password(role);
  }

  /// A connection as the database's superuser, to look and to break past every protection.
  public Connection superuser(String database) throws SQLException {
    return postgres.connect(database);
  }

  /// The address, password included, of a part's own logical Redis database.
  public String redisUrl(String part) {
    return redis.url(logicalDatabase(part));
  }

  /// Empties a part's own logical Redis database, and answers its address.
  public String freshRedis(String part) {
    redis.clear(logicalDatabase(part));
    return redisUrl(part);
  }

  /// The settings with which a part runs against these parts, as configuration properties: the
  /// database (not for the gateway), Redis, and the keys for internal tokens.
  public Map<String, String> settingsFor(String part, String database) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (Postgres.SERVICES.contains(part)) {
      settings.put("chat.database.url", jdbcUrl(database));
      settings.put("chat.database.password", password("chat_" + part));
      settings.put("chat.migration.password", password("chat_" + part + "_owner"));
    }
    settings.put("chat.redis.url", redisUrl(part));
    settings.put("chat.internal.key-file", home.keys().keyFile(part).toString());
    settings.put("chat.internal.trust-file", home.keys().trustFile().toString());
    return settings;
  }

  /// An internal token as `from` would sign it for a call to `audience` on its own behalf.
  public String partToken(String from, String audience, String tenant) {
    return home.keys().token(from, audience, tenant, null);
  }

  /// An internal token as `from` would sign it for a call to `audience` on a user's behalf.
  public String userToken(String from, String audience, String tenant, TokenUser user) {
    return home.keys().token(from, audience, tenant, user);
  }

  /// The number of the logical Redis database that a part has to itself in tests.
  public static int logicalDatabase(String part) {
    int index = InternalKeys.PARTS.indexOf(part);
    if (index < 0) {
      throw new IllegalArgumentException("no part is called " + part);
    }
    return index;
  }
}
