package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.Launch;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;

/// Runs the program of a service or of the gateway as a process.
final class Service {

  /// The gateway is ready after Keycloak, whose first start takes minutes on a slow machine.
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);

  static final Duration STOPS_WITHIN = Duration.ofSeconds(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(3);

  /// Shared, because readiness is checked several times a second.
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final Program program;
  private final Path directory;
  private final int managementPort;

  /// @param name the name of the process in the ledger
  /// @param directory the directory from which the process runs
  Service(String name, Program program, Path directory, int managementPort) {
    this.name = name;
    this.program = program;
    this.directory = directory;
    this.managementPort = managementPort;
  }

  /// Starts and records the process.
  KnownProcess launch(ProcessLedger ledger, Map<String, String> environment, Path log) {
    KnownProcess process =
        Launch.start(name, program.prepare(directory), environment, directory, log);
    ledger.add(process);
    return process;
  }

  /// Returns when the process is ready.
  void awaitReady(KnownProcess process) {
    boolean settled =
        Polling.until(STARTS_WITHIN, BETWEEN_LOOKS, () -> !process.isAlive() || isReady());
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
