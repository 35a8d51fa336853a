package com.secureapprove.chat.localstack.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.keys.Secrets;
import com.secureapprove.chat.localstack.process.Ports;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Managed PostgreSQL offers no superuser. `roles.sql` runs as a role that owns the database and
/// has CREATEROLE and CREATEDB.
class RestrictedAdministratorTest {
  private static final String ADMINISTRATOR = "dba";
  private static final String DATABASE = "chat";
  private static final String PASSWORD = "only for this test";
  private static final Path ROOT = Checkout.current().root();

  @TempDir private static Path directory;
  private static ProcessLedger ledger;
  private static Postgres postgres;

  @BeforeAll
  static void startAClusterWithARestrictedAdministrator() throws Exception {
    ledger = new ProcessLedger(directory.resolve("processes"));
    postgres =
        new Postgres(
            Ports.free(1).getFirst(),
            directory.resolve("data"),
            new Secrets(directory.resolve("secrets")));
    postgres.start(ledger, Checkout.current().distribution(), directory.resolve("log"));
    try (Connection superuser = postgres.connect("postgres")) {
      run(superuser, "CREATE ROLE dba LOGIN CREATEROLE CREATEDB PASSWORD '%s'".formatted(PASSWORD));
    }
    try (Connection administrator = administrator("postgres")) {
      run(administrator, "CREATE DATABASE chat");
    }
    applyRoles();
  }

  @AfterAll
  static void stop() {
    postgres.stop(ledger);
  }

  @Test
  void aSecondRunChangesNothing() throws Exception {
    String before = catalogue();

    applyRoles();

    assertThat(catalogue()).isEqualTo(before);
  }

  @Test
  void theRolesHaveNoPrivilegesBeyondTheirSchema() throws Exception {
    try (Connection administrator = administrator(DATABASE)) {
      assertThat(
              one(
                  administrator,
                  """
                  SELECT count(*) FROM pg_roles WHERE rolname LIKE 'chat\\_%' AND rolcanlogin
                  AND NOT (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication
                           OR rolinherit)
                  """))
          .isEqualTo(Integer.toString(2 * Postgres.SERVICES.size()));
    }
  }

  @Test
  void aRoleWithTooManyPrivilegesIsRefused() throws Exception {
    try (Connection superuser = postgres.connect(DATABASE)) {
      run(superuser, "ALTER ROLE chat_presence BYPASSRLS");
      try {
        assertThatThrownBy(RestrictedAdministratorTest::applyRoles)
            .hasMessageContaining("too many privileges")
            .hasMessageContaining("chat_presence");
      } finally {
        run(superuser, "ALTER ROLE chat_presence NOBYPASSRLS");
      }
    }
  }

  @Test
  void ownersMigrateAndServicesUseTheTables() throws Exception {
    try (Connection administrator = administrator(DATABASE)) {
      for (String service : Postgres.SERVICES) {
        for (String role : List.of("chat_" + service, "chat_" + service + "_owner")) {
          run(administrator, "ALTER ROLE %s PASSWORD '%s'".formatted(role, PASSWORD));
        }
      }
    }
    for (String service : Postgres.SERVICES) {
      try (Connection owner = login(DATABASE, "chat_" + service + "_owner")) {
        for (Path migration : Migrations.of(service)) {
          run(owner, Files.readString(migration));
        }
      }
      try (Connection role = login(DATABASE, "chat_" + service)) {
        run(role, "SET chat.tenant = 'acme'");
        run(
            role,
            "INSERT INTO outbox_event (slot, shard, tenant, event_id, payload)"
                + " VALUES (0, 0, 'acme', gen_random_uuid(), '{}')");
        assertThat(one(role, "SELECT count(*) FROM outbox_event")).isEqualTo("0");
        assertThatThrownBy(() -> run(role, "CREATE TABLE mine (id int)"))
            .hasMessageContaining("permission denied");
      }
    }
  }

  private static void applyRoles() throws SQLException, IOException {
    try (Connection administrator = administrator(DATABASE)) {
      run(administrator, Files.readString(ROOT.resolve("k8s/base/database/roles.sql")));
    }
  }

  /// Owners, attributes and privileges of everything that the script creates.
  private static String catalogue() throws SQLException {
    return Map.of(
            "roles",
            "SELECT string_agg(r::text, E'\\n' ORDER BY rolname) FROM pg_roles r",
            "members",
            "SELECT string_agg(m::text, E'\\n' ORDER BY oid) FROM pg_auth_members m",
            "schemas",
            "SELECT string_agg(n::text, E'\\n' ORDER BY nspname) FROM pg_namespace n",
            "privileges",
            "SELECT string_agg(d::text, E'\\n' ORDER BY oid) FROM pg_default_acl d",
            "database",
            "SELECT datacl::text FROM pg_database WHERE datname = 'chat'")
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(query -> {
          try (Connection connection = administrator(DATABASE)) {
            return query.getKey() + "\n" + one(connection, query.getValue());
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        })
        .collect(Collectors.joining("\n"));
  }

  private static Connection administrator(String database) throws SQLException {
    return login(database, ADMINISTRATOR);
  }

  private static Connection login(String database, String role) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(database), role, PASSWORD);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
