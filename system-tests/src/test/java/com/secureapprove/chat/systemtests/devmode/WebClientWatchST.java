package com.secureapprove.chat.systemtests.devmode;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.FileTrees;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.Launch;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The script behind `./chat dev web`, with the gateway of the suite.
@ExtendWith(RunningSuite.class)
class WebClientWatchST {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

  private final Suite suite;

  @TempDir private Path copy;

  WebClientWatchST(Suite suite) {
    this.suite = suite;
  }

  @AfterEach
  void serveThePackagedScriptAgain() {
    FileTrees.delete(suite.stack().home().webClient());
  }

  @Test
  void aChangeOfTheWebClientIsServedByTheRunningGateway() throws IOException {
    copyWebClient();
    KnownProcess watch =
        Launch.start(
            "watch",
            List.of(copy.resolve("watch").toString(), suite.stack().home().webClient().toString()),
            Map.of(),
            copy,
            copy.resolve("watch.log"));
    try {
      assertThat(Polling.until(PATIENCE, () -> script().contains("sourceMappingURL"))).isTrue();
      long since = System.nanoTime();
      Path source = copy.resolve("src/tenant_chat.ts");
      Files.writeString(source, Files.readString(source) + "\nconsole.debug('a change');\n");

      assertThat(Polling.until(PATIENCE, () -> script().contains("a change"))).isTrue();

      System.out.printf(
          "A change of the web client is served after %.2f s.%n",
          (System.nanoTime() - since) / 1e9);
    } finally {
      watch.stop(STOPS_WITHIN);
      Files.delete(copy.resolve("target"));
    }
  }

  private void copyWebClient() throws IOException {
    Path original = Checkout.current().root().resolve("web-client");
    try (Stream<Path> files = Files.walk(original.resolve("src"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(original.relativize(file)));
      }
    }
    for (String file : List.of("watch", "tsconfig.json")) {
      Files.copy(original.resolve(file), copy.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createSymbolicLink(copy.resolve("target"), original.resolve("target"));
  }

  private String script() {
    URI script = suite.baseUrl().resolve("/tenant_chat.js");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(script).build(), BodyHandlers.ofString()).body();
    } catch (IOException problem) {
      throw new AssertionError(problem);
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new AssertionError(problem);
    }
  }
}
