package com.secureapprove.chat.localstack.backing;

import com.secureapprove.chat.localstack.keys.Secrets;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.KnownProcess.Signal;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// One PostgreSQL cluster on loopback. Durability is on, every login needs a password
/// (scram-sha-256), and every database has the roles of `roles.sql`.
public final class Postgres {

  /// Its name in a ledger.
  public static final String NAME = "postgres";

  /// The services that have a schema and roles.
  public static final List<String> SERVICES =
      List.of("conversation", "message", "presence", "attachment", "notification");

  private static final String SUPERUSER = "postgres";
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(20);

  private final int port;
  private final Path data;
  private final Secrets secrets;
  private final Map<String, String> settings;

  /// Holds the library's lock on the data directory. It must be released before the next start in
  /// this program.
  private @Nullable EmbeddedPostgres started;

  /// A cluster with its data in `data`. After its start it listens on `port`.
  public Postgres(int port, Path data, Secrets secrets) {
    this(port, data, secrets, Map.of());
  }

  /// A cluster with its data in `data`. After its start it listens on `port`.
  ///
  /// @param settings further settings of the server, by name
  public Postgres(int port, Path data, Secrets secrets, Map<String, String> settings) {
    this.port = port;
    this.data = data;
    this.secrets = secrets;
    this.settings = Map.copyOf(settings);
  }

  /// Starts and records the cluster. Creating one takes a few seconds; starting an existing one
  /// takes less than a second.
  ///
  /// @param distribution the directory for the unpacked programs
  /// @param log the file for its output
  public synchronized void start(ProcessLedger ledger, Path distribution, Path log) {
    stop(ledger);
    Path programs = distribution.resolve(NAME);
    try {
      Files.createDirectories(programs);
      Files.createDirectories(log.toAbsolutePath().getParent());
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setPgBinaryResolver(Postgres::archive)
              .setPort(port)
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setOverrideWorkingDirectory(programs.toFile())
              .setOutputRedirector(Redirect.appendTo(log.toFile()))
              .setErrorRedirector(Redirect.appendTo(log.toFile()))
              .setPGStartupWait(STARTS_WITHIN)
              // Options of initdb: password logins from the start, never `trust`.
              .setLocaleConfig("auth", "scram-sha-256")
              .setLocaleConfig("pwfile", secrets.file(SUPERUSER).toString())
              .setLocaleConfig("locale-provider", "builtin")
              .setLocaleConfig("locale", "C.UTF-8")
              .setConnectConfig("password", secrets.get(SUPERUSER))
              // The library turns durability off; tests and demo need it.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("password_encryption", "scram-sha-256")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("unix_socket_directories", "")
              .setServerConfig("max_connections", "200")
              .setServerConfig("shared_buffers", "64MB");
      settings.forEach(builder::setServerConfig);
      started = builder.start();
      ledger.add(
          postmaster()
              .orElseThrow(
                  () -> new IllegalStateException("PostgreSQL did not start, see " + log)));
      // The library made the directory of the programs world-writable.
      programs.toFile().setWritable(false, false);
      programs.toFile().setWritable(true, true);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// The PostgreSQL programs for this machine. The library's default resolver rejects an archive
  /// that is twice on the class path, which happens because the launcher's manifest lists it too.
  private static InputStream archive(String system, String machine) {
    String architecture = machine.equals("aarch64") ? "arm_64" : "x86_64";
    String name = "/postgres-%s-%s.txz".formatted(system.toLowerCase(Locale.ROOT), architecture);
    InputStream archive = EmbeddedPostgres.class.getResourceAsStream(name);
    if (archive == null) {
      throw new IllegalStateException(
          "no PostgreSQL build for %s on %s".formatted(system, machine));
    }
    return archive;
  }

  /// Stops the cluster if it runs, without waiting for its clients.
  public synchronized void stop(ProcessLedger ledger) {
    ledger.stop(NAME, STOPS_WITHIN);
    stopUnrecorded();
    if (started != null) {
      try {
        started.close();
      } catch (IOException problem) {
        throw new UncheckedIOException(problem);
      }
      started = null;
    }
  }

  /// The address of a database, without user and password.
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /// The password of a role of `roles.sql`, or of the superuser.
  public String password(String role) {
    return secrets.get(role);
  }

  /// The port on which it listens.
  public int port() {
    return port;
  }

  /// Creates the database if it is missing, with its schemas, roles and their passwords.
  public void ensureDatabase(String database) {
    try (Connection connection = connect(SUPERUSER)) {
      if (!exists(connection, database)) {
        execute(connection, "CREATE DATABASE " + quoted(connection, database));
      }
    } catch (SQLException problem) {
      throw new IllegalStateException("cannot create database " + database, problem);
    }
    applyRoles(database);
  }

  /// Drops the database with all of its connections and creates it again.
  public void freshDatabase(String database) {
    try (Connection connection = connect(SUPERUSER)) {
      execute(
          connection,
          "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(quoted(connection, database)));
    } catch (SQLException problem) {
      throw new IllegalStateException("cannot drop database " + database, problem);
    }
    ensureDatabase(database);
  }

  /// A connection as the superuser, for checks and for changes that no other role may make.
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, secrets.get(SUPERUSER));
  }

  private void applyRoles(String database) {
    try (Connection connection = connect(database)) {
      execute(connection, rolesScript());
      PGConnection postgres = connection.unwrap(PGConnection.class);
      for (String role : SERVICES.stream().flatMap(Postgres::rolesOf).toList()) {
        // Hashed by the client, so that no password appears in a statement or a log.
        postgres.alterUserPassword(role, secrets.get(role).toCharArray(), "scram-sha-256");
      }
    } catch (SQLException problem) {
      throw new IllegalStateException("cannot create roles in database " + database, problem);
    }
  }

  private static Stream<String> rolesOf(String service) {
    return Stream.of("chat_" + service, "chat_" + service + "_owner");
  }

  private static String rolesScript() {
    try (@Nullable InputStream script = Postgres.class.getResourceAsStream("/database/roles.sql")) {
      if (script == null) {
        throw new IllegalStateException("roles.sql is not packaged");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static boolean exists(Connection connection, String database) throws SQLException {
    try (var query = connection.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
      query.setString(1, database);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static String quoted(Connection connection, String name) throws SQLException {
    return connection.unwrap(PGConnection.class).escapeIdentifier(name);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// A process that uses this data directory but is not in the ledger, because its launcher was
  /// killed before it recorded the process.
  private void stopUnrecorded() {
    postmaster().ifPresent(process -> process.stop(STOPS_WITHIN));
  }

  /// Reads the cluster's PID file: line 1 has the process id, line 3 the start time.
  private Optional<KnownProcess> postmaster() {
    Path file = data.resolve("postmaster.pid");
    try {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() < 3) {
        return Optional.empty();
      }
      long pid = Long.parseLong(lines.get(0).strip());
      Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
      return Optional.of(new KnownProcess(NAME, pid, started, Signal.INT));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
