package com.secureapprove.chat.systemtests.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.secureapprove.chat.localstack.backing.Postgres;
import com.secureapprove.chat.localstack.process.Ports;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Stack;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackPorts;
import com.secureapprove.chat.systemtests.doctor.Examined;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./chat test system-tests StoresIT`. Needs pgbouncer, redis-server, redis-sentinel and openssl.
class StoresIT {

  private static final String DATABASE = "stores";
  private static final String PASSWORD = "a-password-of-the-test";

  private final BackingServices backing = BackingServices.shared();

  @TempDir private Path directory;

  private Servers servers;

  @BeforeEach
  void open() throws Exception {
    // pgbouncer refuses to run as root, and then runs as another user.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    servers = Servers.in(directory);
  }

  @AfterEach
  void close() {
    servers.close();
  }

  /// Migrations go through it too. No prepared statement outlives its transaction.
  @Test
  void everythingWorksThroughPgbouncerInTransactionMode() throws Exception {
    int port = Ports.free(1).getFirst();
    String users =
        Postgres.SERVICES.stream()
            .flatMap(part -> Stream.of("chat_" + part, "chat_" + part + "_owner"))
            .map(role -> "\"%s\" \"%s\"\n".formatted(role, backing.password(role)))
            .collect(Collectors.joining());
    String direct = backing.jdbcUrl(DATABASE);
    Path file =
        servers.write(
            "pgbouncer.ini",
            """
            [databases]
            * = host=127.0.0.1 port=%s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = %s
            pool_mode = transaction
            default_pool_size = 4
            max_client_conn = 200
            ignore_startup_parameters = options, search_path, extra_float_digits
            """
                .formatted(
                    direct.replaceAll(".*:(\\d+)/.*", "$1"),
                    port,
                    servers.write("users.txt", users)));
    if (System.getProperty("user.name").equals("root")) {
      servers.start(port, "pgbouncer", "--user", "nobody", file.toString());
    } else {
      servers.start(port, "pgbouncer", file.toString());
    }
    String url = "jdbc:postgresql://127.0.0.1:%d/%s?prepareThreshold=0".formatted(port, DATABASE);

    try (Stack stack = stack(Map.of("CHAT_DATABASE_URL", url))) {
      stack.start();
      examine(stack);
      try (Connection connection =
          DriverManager.getConnection(url, "chat_message", backing.password("chat_message"))) {
        assertThat(shown(connection, "lock_timeout")).isEqualTo("2s");
        assertThat(shown(connection, "statement_timeout")).isEqualTo("10s");
        assertThat(shown(connection, "search_path")).isEqualTo("message");
      }
    }
  }

  @Test
  void redisWithTlsMustProveItsName() throws Exception {
    certificates();
    int port = Ports.free(1).getFirst();
    servers.start(
        port,
        "redis-server",
        servers
            .write(
                "redis.conf",
                """
                port 0
                tls-port %d
                tls-cert-file %s/server.crt
                tls-key-file %s/server.key
                tls-auth-clients no
                """
                        .formatted(port, directory, directory)
                    + common("redis"))
            .toString());
    Map<String, String> trust =
        Map.of(
            "JAVA_TOOL_OPTIONS",
            "-Djavax.net.ssl.trustStore=%s/truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit"
                .formatted(directory));

    try (Stack stack = stack(with(trust, "rediss://:%s@localhost:%d", port))) {
      stack.start();
      examine(stack);
    }
    try (Stack stack = stack(with(trust, "rediss://:%s@127.0.0.1:%d", port))) {
      Thread start = Thread.ofVirtual().start(() -> startQuietly(stack));
      assertNotReadyBecause(stack, "127.0.0.1");
      stack.close();
      start.join();
    }
  }

  @Test
  void aFailoverOfSentinelLosesNoService() throws Exception {
    List<Integer> ports = Ports.free(5);
    Process primary =
        servers.start(ports.get(0), "redis-server", redis("primary", ports.get(0), ""));
    servers.start(
        ports.get(1),
        "redis-server",
        redis("replica", ports.get(1), "replicaof 127.0.0.1 %d\n".formatted(ports.get(0))));
    for (int port : ports.subList(2, 5)) {
      servers.start(
          port,
          "redis-sentinel",
          servers
              .write(
                  "sentinel-%d.conf".formatted(port),
                  """
                  port %d
                  bind 127.0.0.1
                  requirepass %s
                  sentinel sentinel-pass %s
                  sentinel monitor chat 127.0.0.1 %d 2
                  sentinel auth-pass chat %s
                  sentinel down-after-milliseconds chat 2000
                  sentinel failover-timeout chat 10000
                  """
                      .formatted(port, PASSWORD, PASSWORD, ports.get(0), PASSWORD))
              .toString());
    }
    String sentinels =
        ports.subList(2, 5).stream()
            .map(port -> "redis://:%s@127.0.0.1:%d".formatted(PASSWORD, port))
            .collect(Collectors.joining(","));

    try (Stack stack =
        stack(
            Map.of(
                "CHAT_REDIS_URL", sentinels,
                "QUARKUS_REDIS_CLIENT_TYPE", "sentinel",
                "QUARKUS_REDIS_MASTER_NAME", "chat"))) {
      stack.start();
      examine(stack);

      primary.destroyForcibly();

      long since = System.nanoTime();
      Awaitility.await("deliveries after the failover")
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> examine(stack));
      System.err.printf(
          "Everything works %d s after the primary of Redis was killed%n",
          Duration.ofNanos(System.nanoTime() - since).toSeconds());
    }
  }

  private Stack stack(Map<String, String> variables) {
    return backing
        .stack(new StackHome(Path.of("target/stores").toAbsolutePath()), DATABASE)
        .ports(StackPorts.free())
        .variables(variables)
        .build();
  }

  private static void examine(Stack stack) throws Exception {
    Examined examined =
        Examined.of(
            stack.baseUrl().toString(), stack.token("acme", "alice"), stack.token("acme", "bob"));
    assertThat(examined.failures()).as("%s", examined.results()).isZero();
  }

  private static void startQuietly(Stack stack) {
    assertThatThrownBy(stack::start).isNotNull();
  }

  private static void assertNotReadyBecause(Stack stack, String reason) {
    Path log = Path.of("target/stores/logs/presence.log").toAbsolutePath();
    Awaitility.await("the log names the reason")
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            Files.exists(log)
                && Files.readString(log)
                    .lines()
                    .anyMatch(line ->
                        line.contains("dependency_not_ready dependency=redis")
                            && line.contains(reason)));
    assertThat(stack.environment(Component.PRESENCE)).containsKey("CHAT_REDIS_URL");
  }

  private static Map<String, String> with(Map<String, String> trust, String url, int port) {
    return Map.of(
        "CHAT_REDIS_URL",
        url.formatted(PASSWORD, port),
        "JAVA_TOOL_OPTIONS",
        trust.get("JAVA_TOOL_OPTIONS"));
  }

  private String redis(String name, int port, String more) {
    return servers
        .write(name + ".conf", "port %d\nbind 127.0.0.1\n".formatted(port) + more + common(name))
        .toString();
  }

  private static String common(String name) {
    return """
    requirepass %s
    masterauth %s
    appendonly yes
    appenddirname %s
    maxmemory-policy noeviction
    save ""
    """
        .formatted(PASSWORD, PASSWORD, name);
  }

  /// An authority, a certificate for `localhost` alone, and a trust store with the authority.
  private void certificates() throws Exception {
    servers.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=authority",
        "-keyout",
        "ca.key",
        "-out",
        "ca.crt");
    servers.run(
        "openssl",
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=redis",
        "-keyout",
        "server.key",
        "-out",
        "server.csr");
    servers.write("names", "subjectAltName=DNS:localhost\n");
    servers.run(
        "openssl",
        "x509",
        "-req",
        "-in",
        "server.csr",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        "names",
        "-out",
        "server.crt");
    servers.run(
        System.getProperty("java.home") + "/bin/keytool",
        "-importcert",
        "-noprompt",
        "-alias",
        "own",
        "-file",
        "ca.crt",
        "-keystore",
        "truststore.p12",
        "-storepass",
        "changeit");
  }

  private static String shown(Connection connection, String name) throws Exception {
    try (ResultSet result = connection.createStatement().executeQuery("show " + name)) {
      result.next();
      return result.getString(1);
    }
  }
}
