package com.secureapprove.chat.systemtests.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs the packaged importer as a separate program, as `./chat import-django` does.
public record Importer(Suite suite, Path directory) {
  private static final long PATIENCE = 900;

  /// How a run ended.
  record Outcome(int status, String output) {
    void expect(int expected) {
      assertThat(status).as(output).isEqualTo(expected);
    }
  }

  /// A new empty database beside that of the chat.
  static String newDatabase(String name) throws Exception {
    try (var connection = BackingServices.shared().superuser("postgres");
        var statement = connection.createStatement()) {
      statement.execute("drop database if exists " + name + " with (force)");
      statement.execute("create database " + name);
    }
    return BackingServices.shared().jdbcUrl(name);
  }

  Outcome run(String... arguments) throws Exception {
    Process process = start(arguments);
    assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), printed());
  }

  /// What the last run has printed.
  String printed() throws IOException {
    return Files.readString(output());
  }

  /// Imports, and returns the JSON report.
  JsonNode bring(String... arguments) throws Exception {
    Outcome outcome = run(arguments);
    outcome.expect(0);
    System.out.println(outcome.output());
    return Json.read(Files.readString(directory.resolve("report.json")));
  }

  /// The arguments that import a tenant of the old database.
  String[] arguments(String url, long oldTenant, String tenant, Path media, String... further) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--tenant",
                tenant,
                "--old-url",
                url,
                "--old-user",
                "postgres",
                "--old-tenant",
                Long.toString(oldTenant),
                "--media",
                media.toString(),
                "--report",
                directory.resolve("report").toString()));
    arguments.addAll(List.of(further));
    return arguments.toArray(String[]::new);
  }

  Process start(String... arguments) throws IOException {
    Path jar = Checkout.current().root().resolve("import-django/target/import-django.jar");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-jar",
                jar.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output().toFile());
    Map<String, String> environment = builder.environment();
    environment.put("CHAT_OLD_DATABASE_PASSWORD", BackingServices.shared().password("postgres"));
    for (Component service :
        List.of(
            Component.PRESENCE, Component.CONVERSATION, Component.MESSAGE, Component.ATTACHMENT)) {
      Map<String, String> its = suite.stack().environment(service);
      environment.put("CHAT_DATABASE_URL", its.get("CHAT_DATABASE_URL"));
      environment.put(
          "CHAT_%s_PASSWORD".formatted(service.label().toUpperCase(Locale.ROOT)),
          its.get("CHAT_DATABASE_PASSWORD"));
      String files = its.get("CHAT_ATTACHMENT_DIRECTORY");
      if (files != null) {
        environment.put("CHAT_ATTACHMENT_DIRECTORY", files);
      }
    }
    return builder.start();
  }

  private Path output() {
    return directory.resolve("output.txt");
  }
}
