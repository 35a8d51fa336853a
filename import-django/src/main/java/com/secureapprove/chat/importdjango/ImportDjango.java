package com.secureapprove.chat.importdjango;

import com.secureapprove.chat.attachment.store.BlobStore;
import com.secureapprove.chat.attachment.store.BlobStores;
import com.secureapprove.chat.importdjango.files.FileImport;
import com.secureapprove.chat.importdjango.files.MediaDirectory;
import com.secureapprove.chat.importdjango.old.OldDatabase;
import com.secureapprove.chat.importdjango.report.ImportFailure;
import com.secureapprove.chat.importdjango.report.ImportReport;
import com.secureapprove.chat.importdjango.sample.SampleCommand;
import io.quarkus.runtime.configuration.DurationConverter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./chat import-django`. Exits with 0 if the import is complete, even if the report lists things;
/// with 1 if it could not start or ended early; with 2 for invalid options.
@Command(
    name = "./chat import-django",
    sortOptions = false,
    description = {
      "Moves one tenant of the Django chat into a tenant of this chat: people by their e-mail"
          + " address, conversations, messages, positions and files.",
      "The old database is only read. Running the command again continues an import that was"
          + " ended, or adds what is new. docs/migrating.md describes the whole move."
    },
    footer = {
      "",
      "Environment: CHAT_OLD_DATABASE_PASSWORD; CHAT_PRESENCE_PASSWORD, CHAT_CONVERSATION_PASSWORD,"
          + " CHAT_MESSAGE_PASSWORD and CHAT_ATTACHMENT_PASSWORD of the services' database roles;"
          + " CHAT_ATTACHMENT_DIRECTORY or CHAT_ATTACHMENT_S3_* as for attachment-service. With a"
          + " local stack that runs, ./chat sets all but the first."
    },
    subcommands = SampleCommand.class)
public final class ImportDjango implements Callable<Integer> {
  private static final List<String> SERVICES =
      List.of("presence", "conversation", "message", "attachment");
  private static final String UNDEFINED_TABLE = "42P01";

  @Spec private CommandSpec spec;

  @Option(
      names = "--tenant",
      paramLabel = "<name>",
      description = "the tenant of this chat; its people must be provisioned before")
  private @Nullable String tenant;

  @Option(
      names = "--old-url",
      paramLabel = "<jdbc>",
      defaultValue = "${env:CHAT_OLD_DATABASE_URL}",
      description = "JDBC address of the old database, such as jdbc:postgresql://host:5432/name")
  private @Nullable String oldUrl;

  @Option(
      names = "--old-user",
      paramLabel = "<name>",
      defaultValue = "${env:CHAT_OLD_DATABASE_USER}",
      description = "a role that may read the old tables")
  private @Nullable String oldUser;

  @Option(
      names = "--old-schema",
      paramLabel = "<name>",
      description = "the schema of the old tables, if it is not the default one of the role")
  private @Nullable String oldSchema;

  @Option(
      names = "--old-tenant",
      paramLabel = "<id>",
      description = "the id of the old tenant; needed if there are several")
  private @Nullable Long oldTenant;

  @Option(
      names = "--media",
      paramLabel = "<directory>",
      description = "MEDIA_ROOT of the old chat; without it, all files are listed as missing")
  private @Nullable Path media;

  @Option(
      names = "--database-url",
      paramLabel = "<jdbc>",
      defaultValue = "${env:CHAT_DATABASE_URL}",
      description = "JDBC address of the chat database")
  private @Nullable String databaseUrl;

  @Option(
      names = "--attachments",
      paramLabel = "<directory>",
      description =
          "the directory of attachment-service, if the environment does not name its store")
  private @Nullable Path attachments;

  @Option(
      names = "--max-file-size",
      paramLabel = "<MiB>",
      defaultValue = "10",
      description =
          "the largest upload of this chat; larger files become downloads only (default 10)")
  private int maxFileSize = 10;

  @Option(
      names = "--refuse",
      description = "leave out the files that an upload would refuse, and list them")
  private boolean refuse;

  @Option(names = "--dry-run", description = "read and check everything, but write only the report")
  private boolean dryRun;

  @Option(
      names = "--report",
      paramLabel = "<path>",
      description = "path of the report without ending (default import-<tenant>)")
  private @Nullable Path reportBase;

  ImportDjango() {}

  /// Runs the command and exits with its status.
  public static void main(String[] arguments) {
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    System.setProperty("java.awt.headless", "true");
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new ImportDjango())
        .setExecutionExceptionHandler((problem, line, _) -> {
          line.getErr().println(sentence(problem));
          return CommandLine.ExitCode.SOFTWARE;
        })
        .execute(arguments);
  }

  @Override
  public Integer call() throws SQLException, IOException {
    String into = required("--tenant", tenant);
    String from = required("--old-url", oldUrl);
    String chat = required("--database-url", databaseUrl);
    if (media != null && !Files.isDirectory(media)) {
      throw new ParameterException(spec.commandLine(), "--media: no directory at " + media);
    }
    PrintWriter out = spec.commandLine().getOut();
    try (OldDatabase old = OldDatabase.open(from, oldProperties(), oldTenant);
        Target target = Target.open(chat, passwords(), into, resumeWindow());
        ImportReport report =
            ImportReport.open(
                reportBase == null ? Path.of("import-" + into) : reportBase,
                about(into, old.tenant()))) {
      FileImport files =
          new FileImport(
              MediaDirectory.of(media),
              dryRun ? null : store(),
              refuse ? FileImport.Refused.LEFT_OUT : FileImport.Refused.DOWNLOAD_ONLY,
              (long) maxFileSize << 20,
              report);
      new Import(old, target, files, dryRun, report).run(out);
      out.print(report.finish());
      out.flush();
      return CommandLine.ExitCode.OK;
    }
  }

  private Map<String, String> about(String into, long from) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("tenant", into);
    about.put("old_tenant", Long.toString(from));
    about.put("started", Import.now().toString());
    about.put("dry_run", Boolean.toString(dryRun));
    about.put("refused_files", refuse ? "left_out" : "download_only");
    return about;
  }

  private Properties oldProperties() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "import-django");
    if (oldUser != null) {
      properties.setProperty("user", oldUser);
    }
    String password = System.getenv("CHAT_OLD_DATABASE_PASSWORD");
    if (password != null) {
      properties.setProperty("password", password);
    }
    if (oldSchema != null) {
      properties.setProperty("currentSchema", oldSchema);
    }
    return properties;
  }

  private Map<String, String> passwords() {
    Map<String, String> passwords = new HashMap<>();
    for (String service : SERVICES) {
      String variable = "CHAT_%s_PASSWORD".formatted(service.toUpperCase(Locale.ROOT));
      String password = System.getenv(variable);
      if (password == null || password.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            "The environment variable %s must have the password of the database role chat_%s"
                .formatted(variable, service));
      }
      passwords.put(service, password);
    }
    return passwords;
  }

  private BlobStore store() throws IOException {
    try {
      return BlobStores.fromEnvironment(
          attachments == null
              ? Map.of()
              : Map.of("chat.attachment.directory", attachments.toString()));
    } catch (IllegalStateException e) {
      throw new ParameterException(
          spec.commandLine(),
          "The store of attachment-service is needed, by --attachments or its variables: "
              + e.getMessage());
    }
  }

  private static Duration resumeWindow() {
    String set = System.getenv("CHAT_EVENTS_RESUME_WINDOW");
    return DurationConverter.parseDuration(set == null ? "1h" : set);
  }

  private String required(String option, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new ParameterException(spec.commandLine(), "The option %s is needed".formatted(option));
    }
    return value;
  }

  /// What an administrator can act on.
  private static String sentence(Exception problem) {
    return switch (problem) {
      case ImportFailure failure -> String.valueOf(failure.getMessage());
      case SQLException failure when UNDEFINED_TABLE.equals(failure.getSQLState()) ->
          "The chat database lacks a table. Start the services of this release once, so that they"
              + " create it: "
              + failure.getMessage();
      case SQLException failure -> "The database refused: " + failure.getMessage();
      case UncheckedIOException failure -> failure.getMessage() + ": " + failure.getCause();
      default -> problem.toString();
    };
  }
}
