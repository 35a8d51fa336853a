package com.secureapprove.chat.systemtests.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every defence and mutation on the page about security names tests that exist.
class SecurityPageTest {
  private static final Path PAGE = Project.ROOT.resolve("docs/security.md");
  private static final Pattern FAILED = Pattern.compile("`(?<test>\\w+Test)#(?<method>\\w+)`");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|ST)|\\w+\\.test\\.ts)`");

  @Test
  void everyAttackNamesATestThatExists() throws IOException {
    Set<String> existing = new HashSet<>();
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module.resolve("src"))) {
        files
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .forEach(existing::add);
      }
    }
    List<String> rows =
        Project.text(PAGE)
            .lines()
            .dropWhile(line -> !line.equals("## Attacks"))
            .takeWhile(line -> !line.equals("## Mutations"))
            .filter(line -> line.startsWith("| ") && !line.startsWith("| attack"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(35);
    for (String row : rows) {
      List<String> tests = TEST.matcher(row).results().map(found -> found.group(1)).toList();
      assertThat(tests).as(row).isNotEmpty();
      assertThat(existing).as(row).containsAll(tests);
    }
  }

  @Test
  void everyMutationNamesTheTestThatFailed() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module.resolve("src"))) {
        for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.merge(name, Files.readString(file), String::concat);
        }
      }
    }
    List<String> rows =
        Project.text(PAGE)
            .lines()
            .dropWhile(line -> !line.equals("## Mutations"))
            .takeWhile(line -> !line.equals("## Compression"))
            .filter(line -> line.startsWith("| ") && !line.startsWith("| defence"))
            .toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(20);
    for (String row : rows) {
      Matcher failed = FAILED.matcher(row);
      assertThat(failed.find()).as(row).isTrue();
      assertThat(sources.getOrDefault(failed.group("test"), ""))
          .as(row)
          .contains(" void " + failed.group("method") + "(");
    }
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> directories = Files.list(Project.ROOT)) {
      return directories.filter(each -> Files.isDirectory(each.resolve("src"))).toList();
    }
  }
}
