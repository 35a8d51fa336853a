package com.secureapprove.chat.systemtests.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tables of `docs/architecture.md` and `docs/architecture/events.md` match the code: events,
/// ports, calls and packages.
class ArchitecturePageTest {
  private static final String PAGE = Project.text(Project.ROOT.resolve("docs/architecture.md"));
  private static final String EVENTS =
      Project.text(Project.ROOT.resolve("docs/architecture/events.md"));
  private static final String CONTRACTS =
      "contracts/src/main/java/com/secureapprove/chat/contracts";

  /// @param from the services that emit the event
  /// @param readBy the services that apply it
  private record Row(Set<String> from, Set<String> readBy) {}

  @Test
  void theTableOfEventsMatchesEmittersAndReaders() {
    Map<String, Row> inCode = new TreeMap<>();
    Pattern.compile("case ([A-Z_]+) -> (\\w+)\\.class;")
        .matcher(Project.text(Project.ROOT.resolve(CONTRACTS + "/ChatEvent.java")))
        .results()
        .forEach(event ->
            inCode.put(
                event.group(1).toLowerCase(java.util.Locale.ROOT),
                new Row(
                    partsWith("new (ChatEvent\\.)?" + event.group(2) + "\\("),
                    partsWith("EventType\\." + event.group(1) + "\\b"))));
    Map<String, Row> onPage = new TreeMap<>();
    Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ([a-z, ]*) \\| ?([a-z, ]*) ?\\| .+\\|$")
        .matcher(EVENTS)
        .results()
        .forEach(row -> onPage.put(row.group(1), new Row(list(row.group(2)), list(row.group(3)))));

    assertThat(onPage).isEqualTo(inCode);
  }

  @Test
  void theTableOfPortsMatchesPortsAndCalls() {
    for (Component component : Component.withOptional()) {
      Set<String> called =
          Component.withOptional().stream()
              .filter(other ->
                  KnownVariables.of(component)
                      .needed()
                      .contains("CHAT_%s_URL".formatted(other.name())))
              .map(Component::label)
              .collect(Collectors.toCollection(TreeSet::new));
      MatchResult row =
          Pattern.compile("(?m)^\\| %s \\| (\\d+) \\| ?(.*?) ?\\|$".formatted(component.module()))
              .matcher(PAGE)
              .results()
              .findFirst()
              .orElseThrow(() -> new AssertionError("no row of " + component.module()));

      assertThat(row.group(1)).isEqualTo(Integer.toString(component.port()));
      Set<String> said =
          row.group(2).equals("all four services")
              ? Set.of("attachment", "conversation", "message", "presence")
              : Arrays.stream(row.group(2).replace("-service", "").split(", "))
                  .map(name -> name.replace("-", "").strip())
                  .filter(name -> !name.isEmpty())
                  .collect(Collectors.toCollection(TreeSet::new));
      assertThat(said).as(component.module()).isEqualTo(called);
    }
  }

  @Test
  void theTableOfModulesNamesEveryPackage() throws Exception {
    Map<String, Set<String>> onPage = new TreeMap<>();
    Pattern.compile("(?m)^\\| `([a-z-]+)` \\| [^|]+ \\| ?([a-z`., ]*?) ?\\|$")
        .matcher(PAGE)
        .results()
        .forEach(row -> onPage.put(row.group(1), list(row.group(2).replace("`", ""))));

    assertThat(onPage).isEqualTo(packagesByModule());
  }

  @Test
  void everyModuleHasAReadmeThatSaysWhereToStartAndWhatItNeverDoes() throws Exception {
    for (String module : packagesByModule().keySet()) {
      Path readme = Project.ROOT.resolve(module).resolve("README.md");
      assertThat(readme).exists();
      assertThat(Project.text(readme)).as(module).containsIgnoringCase("never");
      assertThat(Project.text(readme)).as(module).containsIgnoringCase("start reading");
    }
  }

  /// The packages of each module, relative to the package that all of them have in common.
  private static Map<String, Set<String>> packagesByModule() throws Exception {
    Map<String, Set<String>> packages = new TreeMap<>();
    Matcher module =
        Pattern.compile("<module>([a-z-]+)</module>")
            .matcher(Project.text(Project.ROOT.resolve("pom.xml")));
    while (module.find()) {
      packages.put(module.group(1), packagesOf(module.group(1)));
    }
    return packages;
  }

  private static Set<String> packagesOf(String module) throws Exception {
    Path sources = Project.ROOT.resolve(module).resolve("src/main/java");
    if (!Files.isDirectory(sources)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> directories =
          files
              .filter(file -> file.endsWith("package-info.java"))
              .map(file -> sources.relativize(file.getParent()))
              .toList();
      Path common = directories.stream().reduce(ArchitecturePageTest::common).orElse(Path.of(""));
      return directories.stream()
          .filter(directory -> !directory.equals(common))
          .map(directory -> common.relativize(directory).toString().replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Path common(Path one, Path other) {
    return other.startsWith(one) ? one : common(one.getParent(), other);
  }

  private static Set<String> partsWith(String code) {
    Pattern pattern = Pattern.compile(code);
    return Component.withOptional().stream()
        .filter(Component::keepsData)
        .filter(component ->
            KnownVariables.sources(component.module()).stream()
                .anyMatch(source -> pattern.matcher(source).find()))
        .map(Component::label)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> list(String names) {
    return Arrays.stream(names.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
