package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.Keycloak;
import com.secureapprove.chat.localstack.backing.Postgres;
import com.secureapprove.chat.localstack.backing.Redis;
import com.secureapprove.chat.localstack.keys.Secrets;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.nio.file.Path;
import java.util.Map;

/// The backing services of a stack: its own, or servers that it neither starts nor stops.
///
/// @param database the name of the PostgreSQL database
/// @param redisDatabase the number of the logical Redis database of all components
record Backing(
    boolean own,
    Checkout checkout,
    Postgres postgres,
    String database,
    Redis redis,
    int redisDatabase,
    Keycloak keycloak) {

  static Backing own(
      Checkout checkout,
      StackHome home,
      StackPorts ports,
      String database,
      Map<String, String> postgresSettings,
      String redisMemory) {
    Secrets secrets = new Secrets(home.secrets());
    return new Backing(
        true,
        checkout,
        new Postgres(
            ports.of(Component.POSTGRES), home.data(Postgres.NAME), secrets, postgresSettings),
        database,
        new Redis(ports.of(Component.REDIS), home.data(Redis.NAME), secrets, redisMemory),
        0,
        new Keycloak(ports.of(Component.KEYCLOAK), home.data(Keycloak.NAME), secrets));
  }

  /// The address of Redis for a component, with its user and password.
  String redisUrl(Component component) {
    return redis.url(redisDatabase, component.label());
  }

  void start(Component component, ProcessLedger ledger, Path log) {
    switch (component) {
      case POSTGRES -> {
        postgres.start(ledger, checkout.distribution(), log);
        postgres.ensureDatabase(database);
      }
      case REDIS -> redis.start(ledger, checkout.distribution(), log);
      case KEYCLOAK ->
          keycloak.start(ledger, checkout.distribution(), checkout.keycloakArchives(), log);
      case PRESENCE, CONVERSATION, MESSAGE, ATTACHMENT, NOTIFICATION, GATEWAY ->
          throw notBacking(component);
    }
  }

  void stop(Component component, ProcessLedger ledger) {
    switch (component) {
      case POSTGRES -> postgres.stop(ledger);
      case REDIS -> redis.stop(ledger);
      case KEYCLOAK -> keycloak.stop(ledger);
      case PRESENCE, CONVERSATION, MESSAGE, ATTACHMENT, NOTIFICATION, GATEWAY ->
          throw notBacking(component);
    }
  }

  private static IllegalArgumentException notBacking(Component component) {
    return new IllegalArgumentException(component.label() + " is not a backing service");
  }
}
