package com.secureapprove.chat.testsupport.backing;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.Keycloak;
import com.secureapprove.chat.localstack.backing.Postgres;
import com.secureapprove.chat.localstack.backing.Redis;
import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.localstack.process.FileLock;
import com.secureapprove.chat.localstack.stack.StackBuilder;
import com.secureapprove.chat.localstack.stack.StackHome;
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
public final class BackingServices {

  private static @Nullable BackingServices shared;

  private final TestHome home;
  private final Postgres postgres;
  private final Redis redis;

  private BackingServices(TestHome home, Postgres postgres, Redis redis) {
    this.home = home;
    this.postgres = postgres;
    this.redis = redis;
  }

  /// The backing services for the tests of this checkout. Starts those that do not run.
  public static synchronized BackingServices shared() {
    if (shared == null) {
      shared = attach(Checkout.current());
    }
    return shared;
  }

  private static BackingServices attach(Checkout checkout) {
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
      return new BackingServices(home, postgres, redis);
    }
  }

  /// Keycloak with the demo tenants. The first call starts it.
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

  /// The PostgreSQL server.
  public Postgres postgres() {
    return postgres;
  }

  /// The Redis server.
  public Redis redis() {
    return redis;
  }

  /// A stack of the checkout's programs that uses these backing services. Its start creates a
  /// database of this name. The processes of the stack are stopped together with the backing
  /// services, which covers a test that is killed before it stops them.
  public StackBuilder stack(StackHome stackHome, String database) {
    return stack(home.checkout(), stackHome, database);
  }

  StackBuilder stack(Checkout checkout, StackHome stackHome, String database) {
    try (FileLock _ = home.lock()) {
      home.stopAlso(stackHome.processes());
    }
    return new StackBuilder(checkout, stackHome)
        .on(postgres, database, redis, logicalDatabase("local-stack"), keycloak());
  }

  /// The settings of a component ([#settingsFor]), in a modifiable map. Empties its stores first.
  public Map<String, String> freshFor(String component, String database) {
    freshDatabase(database);
    freshRedis(component);
    return settingsFor(component, database);
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

  /// A connection as the superuser, for checks and for changes that no other role may make.
  public Connection superuser(String database) throws SQLException {
    return postgres.connect(database);
  }

  /// The address of a component's logical Redis database, including the password.
  public String redisUrl(String component) {
    return redis.url(logicalDatabase(component));
  }

  /// Empties a component's logical Redis database and returns its address.
  public String freshRedis(String component) {
    redis.clear(logicalDatabase(component));
    return redisUrl(component);
  }

  /// The configuration properties with which a component uses these backing services: the database
  /// (not for the gateway), Redis, and the keys for internal tokens.
  public Map<String, String> settingsFor(String component, String database) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (Postgres.SERVICES.contains(component)) {
      settings.put("chat.database.url", jdbcUrl(database));
      settings.put("chat.database.password", password("chat_" + component));
      settings.put("chat.migration.password", password("chat_" + component + "_owner"));
    }
    settings.put("chat.redis.url", redisUrl(component));
    settings.put("chat.internal.key-file", home.keys().keyFile(component).toString());
    settings.put("chat.internal.trust-file", home.keys().trustFile().toString());
    settings.put("chat.internal.demo-keys", "true");
    return settings;
  }

  /// An internal token that `from` signs for its own calls to `audience`.
  public String componentToken(String from, String audience, String tenant) {
    return home.keys().token(from, audience, tenant, null);
  }

  /// An internal token that `from` signs for calls to `audience` on behalf of a user.
  public String userToken(String from, String audience, String tenant, TokenUser user) {
    return home.keys().token(from, audience, tenant, user);
  }

  /// The number of the logical Redis database that only this component uses in tests.
  public static int logicalDatabase(String component) {
    int index = InternalKeys.COMPONENTS.indexOf(component);
    if (index < 0) {
      throw new IllegalArgumentException("unknown component " + component);
    }
    return index;
  }
}
