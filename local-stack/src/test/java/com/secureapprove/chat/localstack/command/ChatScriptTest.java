package com.secureapprove.chat.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StubCheckout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Runs the shell script `chat` in a checkout with stub services and a stub of Maven.
class ChatScriptTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FEW = "--without=keycloak,conversation,attachment,presence";

  @TempDir private Path root;

  private StubCheckout checkout;
  private Path output;
  private Path errors;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = new StubCheckout(root);
    checkout.writeLauncher();
    output = root.resolve("output.txt");
    errors = root.resolve("errors.txt");
    Files.copy(
        Checkout.current().root().resolve("chat"),
        root.resolve("chat"),
        StandardCopyOption.COPY_ATTRIBUTES);
    executable(
        "mvnw",
        """
        echo "maven $*"
        echo "port $QUARKUS_HTTP_PORT"
        echo "database $CHAT_DATABASE_URL"
        """);
    // The stubs count as built.
    Files.createFile(root.resolve(".chat/built"));
    Files.setLastModifiedTime(
        root.resolve(".chat/built"), FileTime.from(Instant.now().plusSeconds(60)));
  }

  @AfterEach
  void stopEverything() throws Exception {
    chat("down");
    checkout.close();
  }

  @Test
  void helpListsEveryCommandInOneLine() throws Exception {
    assertThat(chat("help")).isZero();

    List<String> help = Files.readAllLines(output);
    List<String> commands =
        new CommandLine(new Chat())
            .getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .map(CommandLine::getCommandName)
                .toList();
    assertThat(commands).contains("up", "environment");
    for (String command : commands) {
      assertThat(help)
          .filteredOn(line -> line.matches("  %s +\\S.*".formatted(command)))
          .hasSize(1);
    }
    assertThat(String.join("\n", help))
        .contains("\n  dev ", "\n  test ", "\n  chaos ", "\n  bench ");
  }

  @Test
  void helpOfACommandShowsItsOptions() throws Exception {
    assertThat(chat("help", "up")).isZero();
    assertThat(Files.readString(output)).contains("--redis-memory", "--native", "--jvm");
    assertThat(chat("help", "dev")).isZero();
    assertThat(Files.readString(output)).contains("COMPONENT is web");
  }

  @Test
  void devRunsOneComponentWithItsEnvironmentAndStopsTheOthers() throws Exception {
    assertThat(chat("dev", "message", FEW)).isZero();

    assertThat(Files.readString(output))
        .contains("maven -B -ntp -Dquick -pl message-service -am quarkus:dev")
        .contains("port " + checkout.port(Component.MESSAGE))
        .contains("database jdbc:postgresql://127.0.0.1:" + checkout.port(Component.POSTGRES))
        .doesNotContain("ready after");
    assertThat(Files.readString(errors))
        .contains("gateway        ready after")
        .contains("Everything is stopped.");
    assertThat(StackHome.of(new Checkout(root)).ledger().running()).isEmpty();
  }

  @Test
  void devWebRebuildsTheWebClientUntilItIsStopped() throws Exception {
    executable(
        "web-client/watch",
        """
        mkdir -p "$1"
        echo bundle > "$1/tenant_chat.js"
        exec sleep 300
        """);
    Process dev = start("dev", "web", FEW);
    Path bundle = root.resolve(".chat/web/tenant_chat.js");
    assertThat(Polling.until(PATIENCE, () -> Files.exists(bundle))).isTrue();
    assertThat(StackHome.of(new Checkout(root)).ledger().running("gateway")).isPresent();

    dev.destroy();

    assertThat(dev.waitFor(PATIENCE)).isTrue();
    assertThat(bundle).doesNotExist();
    assertThat(StackHome.of(new Checkout(root)).ledger().running()).isEmpty();
  }

  @Test
  void anUnknownComponentOfDevIsRejected() throws Exception {
    assertThat(chat("dev", "database")).isEqualTo(2);
    assertThat(Files.readString(errors)).contains("Usage: ./chat dev COMPONENT");
  }

  private void executable(String name, String script) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script);
    file.toFile().setExecutable(true);
  }

  private int chat(String... arguments) throws Exception {
    Process process = start(arguments);
    assertThat(process.waitFor(PATIENCE)).isTrue();
    return process.exitValue();
  }

  private Process start(String... arguments) throws IOException {
    return checkout
        .script(arguments)
        .redirectOutput(output.toFile())
        .redirectError(errors.toFile())
        .start();
  }
}
