package com.secureapprove.chat.importdjango.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Generates an old installation for a trial.
@Command(
    name = "sample",
    description =
        "Generates tables and media files of an old chat in an empty database, for a trial.")
public final class SampleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--url", required = true, description = "JDBC address of an empty database")
  private String url = "";

  @Option(names = "--user", description = "a role that may create tables")
  private @Nullable String user;

  @Option(names = "--media", required = true, description = "the directory for the media files")
  private Path media = Path.of("");

  @Option(names = "--messages", defaultValue = "10000", description = "how many (default 10000)")
  private int messages = 10_000;

  @Option(names = "--files", defaultValue = "200", description = "how many (default 200)")
  private int files = 200;

  @Option(names = "--users", defaultValue = "50", description = "how many (default 50)")
  private int users = 50;

  @Option(
      names = "--emails",
      split = ",",
      description = "addresses of the first users; others get addresses of nobody")
  private List<String> emails = List.of();

  @Option(
      names = "--other-emails",
      split = ",",
      description = "addresses of the users of a second tenant")
  private List<String> otherEmails = List.of();

  @Option(names = "--seed", defaultValue = "1", description = "repeats the same content")
  private long seed = 1;

  SampleCommand() {}

  @Override
  public Integer call() throws SQLException, IOException {
    Properties properties = new Properties();
    properties.setProperty("reWriteBatchedInserts", "true");
    if (user != null) {
      properties.setProperty("user", user);
    }
    String password = System.getenv("CHAT_OLD_DATABASE_PASSWORD");
    if (password != null) {
      properties.setProperty("password", password);
    }
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      connection.setAutoCommit(false);
      new Sample(connection, media, emails, otherEmails, users, messages, files, seed).generate();
      connection.commit();
    }
    spec.commandLine().getOut().printf("Generated %d messages and %d files.%n", messages, files);
    return CommandLine.ExitCode.OK;
  }
}
