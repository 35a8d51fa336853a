package com.secureapprove.chat.systemtests.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Migrations only expand the schema: the former release runs on it during a rollout, and after a
/// roll back. `docs/operations/upgrade.md` states the rule.
class MigrationsTest {
  private static final Pattern CONTRACTION =
      Pattern.compile(
          "(?i)\\b(drop\\s+(table|column|schema|sequence|view|function)"
              + "|rename\\s+(to|column|constraint)"
              + "|alter\\s+column\\s+\\w+\\s+(set\\s+data\\s+)?type\\b"
              + "|alter\\s+column\\s+\\w+\\s+set\\s+not\\s+null)");
  private static final Pattern REQUIRED_COLUMN =
      Pattern.compile("(?i)\\badd\\s+column\\b(?![^,;]*\\bdefault\\b)[^,;]*\\bnot\\s+null\\b");

  @Test
  void noMigrationRemovesWhatTheFormerReleaseUses() throws IOException {
    List<Path> migrations = migrations();

    assertThat(migrations).hasSizeGreaterThan(8);
    assertThat(migrations)
        .allSatisfy(migration -> {
          String statements = Project.text(migration).replaceAll("--[^\n]*", "");
          assertThat(CONTRACTION.matcher(statements).results().map(m -> m.group()))
              .as(migration.toString())
              .isEmpty();
          assertThat(REQUIRED_COLUMN.matcher(statements).results().map(m -> m.group()))
              .as("%s adds a required column without a default", migration)
              .isEmpty();
        });
  }

  /// A former release ignores versions that it does not know, but not repeatable migrations.
  @Test
  void everyMigrationHasAVersion() throws IOException {
    assertThat(migrations())
        .allMatch(file -> file.getFileName().toString().matches("V\\d+(_\\d+)?__[a-z_]+\\.sql"));
  }

  /// The outbox and each service share one history, so their versions must never meet.
  @Test
  void versionsOfTheOutboxBeginWithOneAndAllOthersDoNot() throws IOException {
    assertThat(migrations())
        .allSatisfy(file -> {
          boolean isOutbox = file.getParent().getFileName().toString().equals("outbox");
          assertThat(file.getFileName().toString().matches("V1(_\\d+)?__.*"))
              .as(file.toString())
              .isEqualTo(isOutbox);
        });
  }

  private static List<Path> migrations() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Project.ROOT)) {
      for (Path module : modules.toList()) {
        Path directory = module.resolve("src/main/resources/db");
        if (Files.isDirectory(directory)) {
          try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.toString().endsWith(".sql")).forEach(found::add);
          }
        }
      }
    }
    return found;
  }
}
