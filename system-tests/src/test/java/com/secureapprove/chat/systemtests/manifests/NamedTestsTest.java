package com.secureapprove.chat.systemtests.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A test that a page names exists, so that nobody looks for one that was renamed.
class NamedTestsTest {
  private static final Pattern NAMED =
      Pattern.compile("`(?<test>[A-Z]\\w*[a-z](?:Test|ST|IT))(?:#(?<method>\\w+))?`");

  @Test
  void everyTestThatAPageNamesExists() throws IOException {
    Map<String, String> sources = new HashMap<>();
    List<Path> pages;
    try (Stream<Path> files = Files.walk(Project.ROOT.resolve("docs"))) {
      pages = files.filter(file -> file.toString().endsWith(".md")).toList();
    }
    try (Stream<Path> modules = Files.list(Project.ROOT)) {
      for (Path tests : modules.map(module -> module.resolve("src/test/java")).toList()) {
        collect(tests, sources);
      }
    }
    // The base classes that several modules extend.
    collect(Project.ROOT.resolve("test-support/src/main/java"), sources);
    assertThat(pages).hasSizeGreaterThan(50);
    for (Path page : pages) {
      NAMED
          .matcher(Project.text(page))
          .results()
          .forEach(named -> {
            String source = sources.get(named.group("test"));
            assertThat(source).as("%s in %s", named.group(), page).isNotNull();
            if (named.group("method") != null) {
              assertThat(Objects.requireNonNull(source))
                  .as("%s in %s", named.group(), page)
                  .contains(" " + named.group("method") + "(");
            }
          });
    }
  }

  private static void collect(Path tests, Map<String, String> sources) throws IOException {
    if (!Files.isDirectory(tests)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tests)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.merge(name, Files.readString(file), String::concat);
      }
    }
  }
}
