package com.secureapprove.chat.systemtests.devmode;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.StackPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs the real `./chat dev presence` in a copy of the checkout. It takes some minutes, so it runs
/// only by its name. `ChatScriptTest` runs the same script with a stub of Maven.
class DevModeIT {

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(10);
  private static final Duration APPLIES_WITHIN = Duration.ofMinutes(2);
  private static final Duration STOPS_WITHIN = Duration.ofMinutes(2);
  private static final Set<String> NOT_COPIED =
      Set.of(".git", ".chat", "node_modules", "surefire-reports", "suite", "screenshots");

  private final StackPorts ports = StackPorts.of(freePorts(), 1);
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path copy;

  @AfterEach
  void removeLinks() throws IOException {
    http.close();
    Files.deleteIfExists(copy.resolve(".chat/dist"));
  }

  @Test
  @Timeout(1200)
  void aChangeOfAServiceAppliesToTheNextRequest() throws Exception {
    copyCheckout();
    long since = System.nanoTime();
    Path log = Checkout.current().root().resolve("system-tests/target/dev-mode.log");
    Process dev = start(log);
    try {
      assertThat(Polling.until(STARTS_WITHIN, () -> status("/q/dev-ui/") == 200 || !dev.isAlive()))
          .isTrue();
      assertThat(dev.isAlive()).as("see " + log).isTrue();
      report("Dev mode of presence-service is ready", since);
      assertThat(status("/internal/dev-mode")).isIn(401, 404);

      for (String text : List.of("first", "second", "third")) {
        writeResource(text);
        long edited = System.nanoTime();
        assertThat(Polling.until(APPLIES_WITHIN, () -> body("/internal/dev-mode").equals(text)))
            .isTrue();
        report("A change of presence-service is served", edited);
      }
    } finally {
      dev.toHandle().descendants().forEach(ProcessHandle::destroy);
      dev.destroy();
      assertThat(dev.waitFor(STOPS_WITHIN)).isTrue();
    }
    assertThat(Files.readString(log)).contains("Everything is stopped");
  }

  /// Starts only what presence-service needs. The JDK is the one of this test.
  private Process start(Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                copy.resolve("chat").toString(),
                "dev",
                "presence",
                "--without=keycloak,gateway,conversation,message,attachment")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    for (Component component : Component.values()) {
      builder.environment().put(StackPorts.variable(component), "" + ports.of(component));
    }
    return builder.start();
  }

  private void writeResource(String text) throws IOException {
    Files.writeString(
        copy.resolve(
            "presence-service/src/main/java/com/secureapprove/chat/presence/online/DevMode.java"),
        """
        package com.secureapprove.chat.presence.online;

        @jakarta.ws.rs.Path("/internal/dev-mode")
        @jakarta.annotation.security.PermitAll
        public class DevMode {
          @jakarta.ws.rs.GET
          public String text() {
            return "%s";
          }
        }
        """
            .formatted(text));
  }

  private int status(String path) {
    return get(path) instanceof HttpResponse<String> response ? response.statusCode() : -1;
  }

  private String body(String path) {
    return get(path) instanceof HttpResponse<String> response ? response.body() : "";
  }

  private @Nullable HttpResponse<String> get(String path) {
    URI uri = URI.create("http://127.0.0.1:" + ports.of(Component.PRESENCE)).resolve(path);
    try {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException _) {
      return null; // it is starting
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new AssertionError(problem);
    }
  }

  private void copyCheckout() throws IOException {
    Path root = Checkout.current().root();
    copyTree(root, copy);
    Files.createDirectories(copy.resolve(".chat"));
    Files.createSymbolicLink(copy.resolve(".chat/dist"), root.resolve(".chat/dist"));
    // The copied files keep their times, so this marks the copied build as current.
    Files.createFile(copy.resolve(".chat/built"));
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        Path target = to.resolve(entry.getFileName());
        if (Files.isDirectory(entry)) {
          if (!NOT_COPIED.contains(entry.getFileName().toString())) {
            Files.createDirectories(target);
            copyTree(entry, target);
          }
        } else {
          Files.copy(entry, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static Map<Component, Integer> freePorts() {
    StackPorts free = StackPorts.free();
    return Stream.of(Component.values()).collect(Collectors.toMap(each -> each, free::of));
  }

  private static void report(String what, long since) {
    System.out.printf("%s after %.1f s.%n", what, (System.nanoTime() - since) / 1e9);
  }
}
