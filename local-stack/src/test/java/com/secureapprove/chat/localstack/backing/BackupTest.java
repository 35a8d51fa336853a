package com.secureapprove.chat.localstack.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.keys.Secrets;
import com.secureapprove.chat.localstack.process.Ports;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A dump of `k8s/backup.sh` restored by `k8s/restore.sh` shows each tenant the same rows. Needs
/// `psql`, and a `pg_dump` that is at least as new as the embedded server.
class BackupTest {
  private static final String PASSWORD = "only for this test";
  private static final Path ROOT = Checkout.current().root();
  private static final int SERVER = 18;

  @TempDir private static Path directory;
  private static ProcessLedger ledger;
  private static Postgres postgres;

  @BeforeAll
  static void startAClusterWithTwoTenants() throws Exception {
    int version = pgDumpVersion();
    if (version < SERVER) {
      System.err.printf(
          "SKIPPED: backup and restore, because pg_dump %d or later is not installed%n", SERVER);
    }
    assumeTrue(version >= SERVER, "pg_dump is too old or missing");
    ledger = new ProcessLedger(directory.resolve("processes"));
    postgres =
        new Postgres(
            Ports.free(1).getFirst(),
            directory.resolve("data"),
            new Secrets(directory.resolve("secrets")));
    postgres.start(ledger, Checkout.current().distribution(), directory.resolve("log"));
    postgres.ensureDatabase("chat");
    try (Connection superuser = postgres.connect("chat")) {
      run(superuser, Files.readString(ROOT.resolve("k8s/base/database/backup-role.sql")));
      run(superuser, "ALTER ROLE chat_backup PASSWORD '%s'".formatted(PASSWORD));
    }
    try (Connection owner = login("chat", "chat_message_owner")) {
      for (Path migration : Migrations.of("message")) {
        run(owner, Files.readString(migration));
      }
      run(
          owner,
          """
          create table note (tenant text not null, body text not null);
          alter table note enable row level security;
          alter table note force row level security;
          create policy note_of_tenant on note using (tenant = current_setting('chat.tenant', true))
          """);
    }
    try (Connection service = login("chat", "chat_message")) {
      for (String tenant : new String[] {"acme", "globex"}) {
        run(service, "SET chat.tenant = '%s'".formatted(tenant));
        run(
            service,
            "INSERT INTO note SELECT '%s', 'note ' || n FROM generate_series(1, 500) n"
                .formatted(tenant));
      }
    }
  }

  @AfterAll
  static void stop() {
    if (postgres != null) {
      postgres.stop(ledger);
    }
  }

  @Test
  void aRestoredDatabaseShowsEachTenantTheSameRowsAndNoOthers() throws Exception {
    Path dump = directory.resolve("chat.dump");
    assertThat(script("backup.sh", dump, "chat_backup", PASSWORD, "chat")).isZero();
    postgres.ensureDatabase("restored");
    assertThat(script("restore.sh", dump, "postgres", postgres.password("postgres"), "restored"))
        .isZero();

    for (String tenant : new String[] {"acme", "globex", ""}) {
      assertThat(notes("restored", tenant)).isEqualTo(notes("chat", tenant));
    }
    assertThat(notes("restored", "acme")).startsWith("500 ");
    assertThat(notes("restored", "")).startsWith("0 ");
  }

  @Test
  void anOwnerWhoSeesNoRowsMayNotDump() throws Exception {
    Path dump = directory.resolve("empty.dump");
    String owner = "chat_message_owner";

    assertThat(script("backup.sh", dump, owner, postgres.password(owner), "chat")).isEqualTo(1);
    assertThat(dump).doesNotExist();
  }

  /// What a service sees for a tenant: the number of rows and their hash.
  private static String notes(String database, String tenant) throws SQLException {
    try (Connection service = login(database, "chat_message")) {
      run(service, "SET chat.tenant = '%s'".formatted(tenant));
      try (Statement statement = service.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT count(*) || ' ' || coalesce(md5(string_agg(n::text, ',' ORDER BY body)), '')"
                      + " FROM note n")) {
        assertThat(rows.next()).isTrue();
        return rows.getString(1);
      }
    }
  }

  private static int script(String name, Path dump, String role, String password, String database)
      throws IOException, InterruptedException {
    ProcessBuilder script =
        new ProcessBuilder(
            ROOT.resolve("k8s").resolve(name).toString(),
            dump.toString(),
            "postgresql://%s@127.0.0.1:%d/%s".formatted(role, postgres.port(), database));
    script.environment().putAll(Map.of("PGPASSWORD", password));
    return script.inheritIO().start().waitFor();
  }

  private static int pgDumpVersion() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("pg_dump", "--version").start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0
          ? Integer.parseInt(text.replaceFirst("\\D*(\\d+)[\\s\\S]*", "$1"))
          : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  private static Connection login(String database, String role) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(database), role, postgres.password(role));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
