package com.secureapprove.chat.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StubCheckout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the real commands as separate programs, with real stores and stub services. Does not start
/// Keycloak, because its start is slow and it is handled like any other process.
class ChatCommandTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Options that start only the components that these tests need.
  private static final String FEW = "--without=keycloak,conversation,attachment,presence";

  /// As [#FEW], without the store that takes seconds to create.
  private static final String FEWEST = FEW + ",postgres";

  @TempDir private Path root;

  private StubCheckout checkout;
  private StackHome home;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = new StubCheckout(root);
    home = StackHome.of(new Checkout(root));
  }

  @AfterEach
  void stopEverything() throws Exception {
    run("down");
    assertThat(home.ledger().running()).isEmpty();
    checkout.close();
  }

  @Test
  void upStartsEverythingAndDownLeavesNoProcess() throws Exception {
    Result up = run("up", "--detach", "--without=keycloak");
    List<KnownProcess> processes = home.ledger().running();
    Result status = run("status");
    Result again = run("up");
    Result down = run("down");

    assertThat(up.output()).contains("gateway", "ready after", "./chat token acme alice");
    assertThat(up.exit()).isZero();
    assertThat(processes)
        .extracting(KnownProcess::name)
        .containsExactlyInAnyOrder(
            "postgres", "redis", "presence", "conversation", "message", "attachment", "gateway");
    assertThat(status.output()).contains("MiB", "127.0.0.1:" + checkout.port(Component.POSTGRES));
    assertThat(status.exit()).isZero();
    assertThat(again.output()).contains("Already running at http://localhost:");
    assertThat(again.exit()).isZero();
    assertThat(down.output()).contains("Everything is stopped.");
    assertThat(processes).noneMatch(KnownProcess::isAlive);
    assertThat(run("status").exit()).isEqualTo(3);
  }

  @Test
  void theNextUpStopsComponentsOfAKilledLauncher() throws Exception {
    Process launcher = up();
    List<KnownProcess> orphans = home.ledger().running();
    launcher.destroyForcibly().waitFor();

    assertThat(orphans).hasSize(4).allMatch(KnownProcess::isAlive);
    Result up = run("up", "--detach", FEW);

    assertThat(up.output()).contains("Stopping processes of an earlier run");
    assertThat(up.exit()).isZero();
    assertThat(orphans).noneMatch(KnownProcess::isAlive);
  }

  @Test
  void downStopsComponentsOfAKilledLauncher() throws Exception {
    Process launcher = up();
    List<KnownProcess> orphans = home.ledger().running();
    launcher.destroyForcibly().waitFor();

    Result down = run("down");

    assertThat(down.output()).contains("Everything is stopped.");
    assertThat(orphans).hasSize(4).noneMatch(KnownProcess::isAlive);
  }

  @Test
  void aSignalStopsEverything() throws Exception {
    Process launcher = up();
    List<KnownProcess> processes = home.ledger().running();

    launcher.toHandle().destroy();

    assertThat(rest(launcher))
        .anyMatch(line -> line.startsWith("Everything is stopped; the data is kept."));
    assertThat(processes).hasSize(4).noneMatch(KnownProcess::isAlive);
  }

  @Test
  void aPortInUseIsReportedWithItsProcess() throws Exception {
    try (ServerSocket _ =
        new ServerSocket(checkout.port(Component.MESSAGE), 1, InetAddress.getLoopbackAddress())) {
      Result up = run("up", FEW);

      assertThat(up.output())
          .contains(
              "Port %d, for message, is in use by process %d"
                  .formatted(checkout.port(Component.MESSAGE), ProcessHandle.current().pid()))
          .contains("--port-message or CHAT_PORT_MESSAGE");
      assertThat(up.exit()).isNotZero();
    }
    assertThat(home.ledger().running()).isEmpty();
  }

  @Test
  void aCrashedComponentIsReportedWithTheEndOfItsLog() throws Exception {
    Process launcher = up(FEWEST);

    home.ledger().running("message").orElseThrow().handle().orElseThrow().destroyForcibly();

    BufferedReader lines = launcher.inputReader();
    String line = lines.readLine();
    while (!line.contains("message ended unexpectedly")) {
      line = lines.readLine();
    }
    assertThat(lines.readLine()).contains("message.log");
    assertThat(lines.readLine()).contains("listening on " + checkout.port(Component.MESSAGE));
    assertThat(run("status").output()).containsPattern("message +ended");
  }

  @Test
  void aFailedStartIsReportedAndNoProcessIsLeft() throws Exception {
    Files.writeString(root.resolve("message-service/target/quarkus-app/quarkus-run.jar"), "broken");

    Result up = run("up", FEWEST);

    assertThat(up.output())
        .contains("message did not start: it ended during its start")
        .contains("Invalid or corrupt jarfile");
    assertThat(up.exit()).isNotZero();
    assertThat(home.ledger().running()).isEmpty();
  }

  @Test
  void theEnvironmentOfAnExcludedComponentIsPrinted() throws Exception {
    Result up =
        run("up", "--detach", "--without=keycloak,attachment-service", "--without=message-service");
    Result environment = run("environment", "message-service");

    assertThat(up.output())
        .contains("eval \"$(./chat environment message)\"")
        .contains("./mvnw -pl message-service -am -Dquick quarkus:dev");
    assertThat(environment.output())
        .contains("export CHAT_DATABASE_URL='jdbc:postgresql://127.0.0.1:")
        .contains("export QUARKUS_HTTP_PORT='%d'".formatted(checkout.port(Component.MESSAGE)));
    assertThat(home.ledger().running("message")).isEmpty();
    assertThat(run("environment", "redis").output()).contains("redis is a backing service");
  }

  @Test
  void aSecondUpStartsOnlyWhatHasEnded() throws Exception {
    succeed("up", "--detach", FEWEST);
    KnownProcess gateway = home.ledger().running("gateway").orElseThrow();
    kill("message");
    kill("redis");

    Result up = run("up", "--detach");

    assertThat(up.output()).contains("Started what had ended: redis, message.");
    assertThat(up.exit()).isZero();
    assertThat(home.ledger().running("gateway")).contains(gateway);
    assertThat(run("status").output())
        .containsPattern("redis +ready")
        .containsPattern("message +ready");
    assertThat(run("up").output()).contains("Everything runs.");
  }

  @Test
  void aSecondUpReportsWhyAComponentDoesNotStart() throws Exception {
    succeed("up", "--detach", FEWEST);
    kill("message");
    Files.writeString(root.resolve("message-service/target/quarkus-app/quarkus-run.jar"), "broken");

    Result up = run("up");

    assertThat(up.output())
        .contains("message did not start: it ended during its start. ./chat logs message");
    assertThat(up.exit()).isNotZero();
  }

  @Test
  void optionsThatHaveNoEffectAreReported() throws Exception {
    Result first = run("up", "--detach", FEWEST + ",redis", "--redis-memory=1gb");
    Result second = run("up", "--detach", "--replicas=2", "--port-gateway=9000");

    assertThat(first.output()).contains("Ignored, because Redis is not started: --redis-memory.");
    assertThat(second.output())
        .contains("Ignored, because it already runs: --replicas, --port-gateway.");
  }

  @Test
  void componentsRunWithTheJvmOptionsOfTheImages() throws Exception {
    checkout.copyImageSettings();

    succeed("up", "--detach", FEWEST, "--jvm", "image", "--redis-memory", "300mb");

    assertThat(commandLine("message"))
        .containsPattern("-XX:MaxRAM=\\d+m")
        .contains("-XX:MaxRAMPercentage=", "-XX:+ExitOnOutOfMemoryError")
        .doesNotContain("TieredStopAtLevel", "-Xmx");
    assertThat(Files.readString(home.data("redis").resolve("redis.conf")))
        .contains("maxmemory 300mb");
  }

  @Test
  void nativeExecutablesRunInsteadOfJars() throws Exception {
    checkout.writeExecutables();

    succeed("up", "--detach", FEWEST, "--native");

    assertThat(commandLine("message")).contains("stub-native-executable");
    assertThat(run("status").output()).containsPattern("gateway +ready");
  }

  @Test
  void aMissingNativeExecutableIsReported() throws Exception {
    Result up = run("up", FEWEST, "--native");

    assertThat(up.output()).contains("there is no native executable *-runner in");
    assertThat(up.exit()).isNotZero();
  }

  @Test
  void invalidOptionsOfUpAreRejected() throws Exception {
    assertThat(run("up", "--redis-memory=much").output())
        .contains("--redis-memory must be a size such as 256mb or 1gb, not much");
    assertThat(run("up", "--native", "--jvm=image").output())
        .contains("--jvm and --native exclude each other");
    assertThat(run("up", "--jvm=large").exit()).isEqualTo(2);
  }

  @Test
  void logsCoverEveryInstanceAndInvalidOptionsAreRejected() throws Exception {
    succeed("up", "--detach", FEWEST);
    Files.writeString(home.log("message-2"), "the second one\n");

    Result all = run("logs");
    Result second = run("logs", "message-2");
    Result none = run("logs", "-n", "0");
    Result unknown = run("logs", "message-3");
    Result several = run("logs", "-f", "message-service");

    assertThat(all.output()).contains("== redis", "== message\n", "== message-2", "the second one");
    assertThat(second.output()).isEqualToIgnoringNewLines("the second one");
    assertThat(none.output()).contains("--lines must be 1 or more");
    assertThat(unknown.output())
        .contains("unknown component message-3; the components are postgres");
    assertThat(several.output()).contains("--follow needs one log: one of message, message-2");
    assertThat(List.of(none.exit(), unknown.exit(), several.exit())).containsOnly(2);
  }

  @Test
  void dataStaysUntilAConfirmedReset() throws Exception {
    succeed("up", "--detach", FEW);
    succeed("down");
    Path cluster = home.data("postgres").resolve("PG_VERSION");
    Result unconfirmed = run("reset");
    assertThat(unconfirmed.output()).contains("Confirm with --yes").contains("Nothing is deleted");
    assertThat(unconfirmed.exit()).isEqualTo(2);
    assertThat(cluster).exists();

    succeed("reset", "--yes");

    assertThat(cluster).doesNotExist();
  }

  private void kill(String name) {
    KnownProcess process = home.ledger().running(name).orElseThrow();
    process.handle().orElseThrow().destroyForcibly();
    assertThat(process.endsWithin(PATIENCE)).isTrue();
  }

  private String commandLine(String name) {
    return home.ledger()
        .running(name)
        .flatMap(KnownProcess::handle)
        .flatMap(process -> process.info().commandLine())
        .orElseThrow();
  }

  /// Runs `up` in the foreground and returns when everything is up.
  private Process up() throws IOException {
    return up(FEW);
  }

  private Process up(String without) throws IOException {
    Process launcher = checkout.chat("up", without);
    BufferedReader lines = launcher.inputReader();
    String line = lines.readLine();
    while (line != null && !line.contains("./chat down")) {
      line = lines.readLine();
    }
    assertThat(line).isNotNull();
    return launcher;
  }

  private static List<String> rest(Process process) throws InterruptedException {
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor(PATIENCE)).isTrue();
    return lines;
  }

  /// Runs a command that must succeed. On failure, the assertion shows its output.
  private void succeed(String... arguments) throws Exception {
    Result result = run(arguments);
    assertThat(result.exit()).as(result.output()).isZero();
  }

  private Result run(String... arguments) throws Exception {
    Path output = Files.createTempFile(root, "output", ".txt");
    Process process = checkout.chat(arguments);
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Files.copy(process.getInputStream(), output, StandardCopyOption.REPLACE_EXISTING);
              } catch (IOException problem) {
                throw new UncheckedIOException(problem);
              }
            });
    assertThat(Polling.until(PATIENCE, () -> !process.isAlive())).isTrue();
    reader.join();
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  private record Result(int exit, String output) {}
}
