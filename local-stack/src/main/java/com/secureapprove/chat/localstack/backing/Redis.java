package com.secureapprove.chat.localstack.backing;

import com.secureapprove.chat.localstack.keys.PrivateFiles;
import com.secureapprove.chat.localstack.keys.Secrets;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.Launch;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.embedded.RedisExecProvider;

/// One Redis server on loopback, with an append-only file, `noeviction`, a user for each component,
/// and a password for each user.
public final class Redis {

  /// Its name in a ledger.
  public static final String NAME = "redis";

  /// The memory limit of the demo, the same as in Compose.
  public static final String DEFAULT_MEMORY = "256mb";

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);
  private static final int TIMEOUT_MILLIS = 2_000;

  private final int port;
  private final Path data;
  private final Secrets secrets;
  private final RedisUsers users;
  private final String memory;

  /// A server with its data in `data` and the default memory limit. After its start it listens on
  /// `port`.
  public Redis(int port, Path data, Secrets secrets) {
    this(port, data, secrets, DEFAULT_MEMORY);
  }

  /// A server with its data in `data`. After its start it listens on `port`.
  ///
  /// @param memory the memory limit in its notation, such as `1gb`
  public Redis(int port, Path data, Secrets secrets, String memory) {
    this.port = port;
    this.data = data;
    this.secrets = secrets;
    this.users = new RedisUsers(secrets);
    this.memory = memory;
  }

  /// Starts and records the server, and returns when it responds.
  ///
  /// @param distribution the directory for the unpacked program
  /// @param log the file for its output
  public void start(ProcessLedger ledger, Path distribution, Path log) {
    try {
      Files.createDirectories(data);
      // The password is in a file: all users of the machine can read command lines.
      Path configuration = PrivateFiles.write(data.resolve("redis.conf"), configuration());
      KnownProcess process =
          Launch.start(
              NAME,
              List.of(program(distribution).toString(), configuration.toString()),
              Map.of(),
              data,
              log);
      ledger.add(process);
      if (!Polling.until(STARTS_WITHIN, () -> answers() || !process.isAlive())
          || !process.isAlive()) {
        throw new IllegalStateException("Redis did not start, see " + log);
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// Stops the server if it runs. It flushes its append-only file first.
  public void stop(ProcessLedger ledger) {
    ledger.stop(NAME, STOPS_WITHIN);
  }

  /// The address of one of its 16 logical databases for the administrator, with all rights.
  public String url(int database) {
    return "redis://:%s@127.0.0.1:%d/%d".formatted(secrets.get(NAME), port, database);
  }

  /// The same for a component, with the rights of `users.acl`.
  public String url(int database, String component) {
    return "redis://%s:%s@127.0.0.1:%d/%d"
        .formatted(RedisUsers.name(component), users.password(component), port, database);
  }

  /// The port on which it listens.
  public int port() {
    return port;
  }

  /// Empties a logical database.
  public void clear(int database) {
    tell(database, "FLUSHDB SYNC");
  }

  /// Runs a command on a logical database, as administrator, and returns the first line of the
  /// response.
  ///
  /// @param command in Redis's inline syntax
  public String tell(int database, String command) {
    try {
      return command("SELECT " + database, command);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private boolean answers() {
    try {
      command("PING");
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private String command(String... commands) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String answer = say(socket, answers, "AUTH " + secrets.get(NAME));
      for (String command : commands) {
        answer = say(socket, answers, command);
      }
      return answer;
    }
  }

  private static String say(Socket socket, BufferedReader answers, String command)
      throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    String answer = answers.readLine();
    if (answer == null || answer.startsWith("-")) {
      throw new IOException("Redis responded with " + answer);
    }
    return answer;
  }

  private String configuration() {
    return """
    bind 127.0.0.1
    port %d
    requirepass %s
    dir "%s"
    appendonly yes
    appendfsync everysec
    save ""
    maxmemory %s
    maxmemory-policy noeviction
    """
            .formatted(port, secrets.get(NAME), data.toAbsolutePath(), memory)
        + users.configuration();
  }

  private static Path program(Path distribution) throws IOException {
    Path program =
        distribution.resolve(NAME).resolve("redis-server-" + RedisExecProvider.redisVersion);
    if (!Files.exists(program)) {
      Files.createDirectories(program.getParent());
      Path next = program.resolveSibling(program.getFileName() + ".next");
      Files.copy(
          RedisExecProvider.defaultProvider().get().toPath(),
          next,
          StandardCopyOption.REPLACE_EXISTING);
      next.toFile().setExecutable(true);
      Files.move(next, program, StandardCopyOption.ATOMIC_MOVE);
    }
    return program;
  }
}
