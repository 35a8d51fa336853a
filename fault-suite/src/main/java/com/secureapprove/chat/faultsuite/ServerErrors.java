package com.secureapprove.chat.faultsuite;

import com.secureapprove.chat.faultsuite.history.Findings;
import com.secureapprove.chat.faultsuite.history.Guarantee;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Instance;
import com.secureapprove.chat.localstack.stack.Stack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;

/// Internal failures that no client sees: errors of own classes in the logs of components, and
/// dead-lettered events. Outages are logged as warnings and do not count. Neither do requests that
/// last longer than the shutdown of their component, which Quarkus marks in the log. Nor does a
/// dependency that does not answer a component's first probe, as on a busy machine: a component
/// that does not become ready is found by another check.
final class ServerErrors {

  private static final Pattern OWN_ERROR =
      Pattern.compile(
          "^\\S+ \\S+ +(ERROR|FATAL) +\\[com\\.secureapprove\\..*"
              + "|.*\\b(event_dead_lettered|request_failed)\\b.*");

  private static final String AFTER_SHUTDOWN = "[Error Occurred After Shutdown]";
  private static final String NOT_READY_YET = " dependency_not_ready ";

  private static final Pattern DEAD_LETTERED =
      Pattern.compile("chat_events_dead_lettered_total(\\{.*})? +(?!0\\.0$).*");

  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_QUOTED = 3;
  private static final int MAX_LENGTH = 400;

  private final Stack stack;
  private final HttpClient http;

  ServerErrors(Stack stack, HttpClient http) {
    this.stack = stack;
    this.http = http;
  }

  /// The failures of every instance.
  Findings found() {
    Findings findings = new Findings();
    for (Component component : Component.own()) {
      for (Instance instance : stack.instances(component)) {
        findings.add(inLog(instance.name(), stack.home().log(instance.name())));
        inMetrics(instance.name(), metrics(instance))
            .forEach(line -> findings.violated(Guarantee.NO_INTERNAL_ERRORS, line));
      }
    }
    return findings;
  }

  /// The failures in the log of an instance. Only the first few are quoted.
  static Findings inLog(String name, Path log) {
    Findings findings = new Findings();
    int lines = 0;
    int found = 0;
    // a killed process may leave an incomplete character
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines++;
        if (isFailure(line) && ++found <= MAX_QUOTED) {
          String quoted = line.substring(0, Math.min(line.length(), MAX_LENGTH));
          findings.violated(Guarantee.NO_INTERNAL_ERRORS, "%s: %s".formatted(name, quoted));
        }
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    findings.checked(Guarantee.NO_INTERNAL_ERRORS, lines);
    if (found > MAX_QUOTED) {
      findings.violated(
          Guarantee.NO_INTERNAL_ERRORS, "%s: %d more errors".formatted(name, found - MAX_QUOTED));
    }
    return findings;
  }

  private static boolean isFailure(String line) {
    return OWN_ERROR.matcher(line).matches()
        && !line.contains(AFTER_SHUTDOWN)
        && !line.contains(NOT_READY_YET);
  }

  static List<String> inMetrics(String name, String metrics) {
    List<String> found = new ArrayList<>();
    metrics
        .lines()
        .filter(line -> DEAD_LETTERED.matcher(line).matches())
        .forEach(line -> found.add("%s: %s".formatted(name, line)));
    return found;
  }

  /// The metrics; empty if the instance does not respond, which another check reports.
  private String metrics(Instance instance) {
    HttpRequest request =
        HttpRequest.newBuilder(stack.managementUrl(instance).resolve("/q/metrics"))
            .timeout(RESPONSE_TIMEOUT)
            .build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException _) {
      return "";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
