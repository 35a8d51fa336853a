package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.backing.Trees;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.Launch;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import com.secureapprove.chat.localstack.process.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/// Runs the packaged jar of a service or of the gateway in a JVM process.
final class Service {

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
  static final Duration STOPS_WITHIN = Duration.ofSeconds(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /// 60 % of the 512 MiB that Compose and Kubernetes give a container.
  private static final int IMAGE_HEAP_MEGABYTES = 307;

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(3);

  /// Shared, because readiness is checked several times a second.
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Component component;
  private final String name;
  private final Path built;
  private final Path program;
  private final int managementPort;
  private final boolean imageJvm;

  /// @param name the name of the process in the ledger
  /// @param built the directory of the build's package
  /// @param program the directory from which the process runs
  /// @param imageJvm whether to use the JVM options of the container images
  Service(
      Component component,
      String name,
      Path built,
      Path program,
      int managementPort,
      boolean imageJvm) {
    this.component = component;
    this.name = name;
    this.built = built;
    this.program = program;
    this.managementPort = managementPort;
    this.imageJvm = imageJvm;
  }

  /// Starts and records the process.
  KnownProcess launch(ProcessLedger ledger, Map<String, String> environment, Path log) {
    Path jar = program.resolve("quarkus-run.jar");
    if (!Files.exists(built.resolve(jar.getFileName()))) {
      throw new IllegalStateException("it is not built: %s does not exist".formatted(built));
    }
    Trees.delete(program);
    Trees.link(built, program);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Launch.java(), "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(
        imageJvm
            ? List.of("-Xmx%dm".formatted(IMAGE_HEAP_MEGABYTES))
            : List.of("-XX:TieredStopAtLevel=1", "-Xmx%dm".formatted(component.heapMegabytes())));
    command.addAll(List.of("-jar", jar.toString()));
    KnownProcess process = Launch.start(name, command, environment, program, log);
    ledger.add(process);
    return process;
  }

  /// Returns when the process is ready.
  void awaitReady(KnownProcess process) {
    boolean settled =
        Waiting.until(STARTS_WITHIN, BETWEEN_LOOKS, () -> !process.isAlive() || isReady());
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended during its start");
    }
    if (!settled) {
      throw new IllegalStateException("it was not ready after " + STARTS_WITHIN);
    }
  }

  boolean isReady() {
    URI health = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(managementPort));
    HttpRequest request = HttpRequest.newBuilder(health).timeout(ANSWERS_WITHIN).build();
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while starting %s".formatted(name));
    }
  }
}
