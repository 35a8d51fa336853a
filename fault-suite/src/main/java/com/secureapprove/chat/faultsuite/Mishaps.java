package com.secureapprove.chat.faultsuite;

import com.secureapprove.chat.faultsuite.history.Findings;
import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import com.secureapprove.chat.localstack.stack.Instance;
import com.secureapprove.chat.localstack.stack.Part;
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

/// Internal failures that no client sees: errors of their own in the logs of components, and
/// dead-lettered events. Outages are warnings there.
final class Mishaps {

  private static final Pattern OF_OURS =
      Pattern.compile(
          "^\\S+ \\S+ +(ERROR|FATAL) +\\[com\\.secureapprove\\..*"
              + "|.*\\b(event_dead_lettered|request_failed)\\b.*");

  private static final Pattern SET_ASIDE =
      Pattern.compile("chat_events_dead_lettered_total(\\{.*})? +(?!0\\.0$).*");

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
  private static final int QUOTED = 3;
  private static final int LONGEST = 400;

  private final Stack stack;
  private final HttpClient http;

  Mishaps(Stack stack, HttpClient http) {
    this.stack = stack;
    this.http = http;
  }

  /// Of every instance.
  Findings found() {
    Findings findings = new Findings();
    for (Part part : Part.own()) {
      for (Instance instance : stack.instances(part)) {
        findings.add(inLog(instance.name(), stack.home().log(instance.name())));
        inMetrics(instance.name(), metrics(instance))
            .forEach(line -> findings.broken(Promise.NOTHING_SET_ASIDE, line));
      }
    }
    return findings;
  }

  /// In what an instance has written; the first few are quoted.
  static Findings inLog(String name, Path log) {
    Findings findings = new Findings();
    int lines = 0;
    int found = 0;
    // a killed process may leave half a character
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines++;
        if (OF_OURS.matcher(line).matches() && ++found <= QUOTED) {
          String quoted = line.substring(0, Math.min(line.length(), LONGEST));
          findings.broken(Promise.NOTHING_SET_ASIDE, "%s: %s".formatted(name, quoted));
        }
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    findings.held(Promise.NOTHING_SET_ASIDE, lines);
    if (found > QUOTED) {
      findings.broken(
          Promise.NOTHING_SET_ASIDE, "%s: %d more of these".formatted(name, found - QUOTED));
    }
    return findings;
  }

  static List<String> inMetrics(String name, String metrics) {
    List<String> found = new ArrayList<>();
    metrics
        .lines()
        .filter(line -> SET_ASIDE.matcher(line).matches())
        .forEach(line -> found.add("%s: %s".formatted(name, line)));
    return found;
  }

  /// Nothing where it does not answer, which is found elsewhere.
  private String metrics(Instance instance) {
    HttpRequest request =
        HttpRequest.newBuilder(stack.managementUrl(instance).resolve("/q/metrics"))
            .timeout(ANSWERS_WITHIN)
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
