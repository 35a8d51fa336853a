package com.secureapprove.chat.systemtests.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.systemtests.manifests.Project.Part;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What `docs/architecture.md` says of events, ports and calls, against the code.
class ArchitecturePageTest {
  private static final String PAGE = Project.text(Project.ROOT.resolve("docs/architecture.md"));
  private static final String CONTRACTS =
      "contracts/src/main/java/com/secureapprove/chat/contracts";

  /// @param from the parts that emit it
  /// @param readBy the services that want it
  private record Row(Set<String> from, Set<String> readBy) {}

  @Test
  void theTableOfEventsNamesEachWithWhoEmitsAndWhoReadsIt() {
    Map<String, Row> inCode = new TreeMap<>();
    Pattern.compile("(?m)^ {2}([A-Z_]+)\\(ChatEvent\\.(\\w+)\\.class\\)")
        .matcher(Project.text(Project.ROOT.resolve(CONTRACTS + "/EventType.java")))
        .results()
        .forEach(event ->
            inCode.put(
                event.group(1).toLowerCase(java.util.Locale.ROOT),
                new Row(
                    partsWith("new (ChatEvent\\.)?" + event.group(2) + "\\("),
                    partsWith("EventType\\." + event.group(1) + "\\b"))));
    Map<String, Row> onPage = new TreeMap<>();
    Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ([a-z, ]*) \\| ?([a-z, ]*) ?\\| .+\\|$")
        .matcher(PAGE)
        .results()
        .forEach(row -> onPage.put(row.group(1), new Row(list(row, 2), list(row, 3))));

    assertThat(onPage).isEqualTo(inCode);
  }

  @Test
  void theTableOfPortsSaysWhereEachPartListensAndWhomItCalls() {
    for (Part part : Part.all()) {
      Set<String> called =
          Part.all().stream()
              .filter(other ->
                  KnownVariables.of(part).needed().contains("CHAT_%s_URL".formatted(other.name())))
              .map(Part::label)
              .collect(Collectors.toCollection(TreeSet::new));
      MatchResult row =
          Pattern.compile("(?m)^\\| %s \\| (\\d+) \\| ?(.*?) ?\\|$".formatted(part.module()))
              .matcher(PAGE)
              .results()
              .findFirst()
              .orElseThrow(() -> new AssertionError("no row of " + part.module()));

      assertThat(row.group(1)).isEqualTo(Integer.toString(part.port()));
      Set<String> said =
          row.group(2).equals("all four services")
              ? Set.of("attachment", "conversation", "message", "presence")
              : Arrays.stream(row.group(2).replace("-service", "").split(", "))
                  .map(name -> name.replace("-", "").strip())
                  .filter(name -> !name.isEmpty())
                  .collect(Collectors.toCollection(TreeSet::new));
      assertThat(said).as(part.module()).isEqualTo(called);
    }
  }

  private static Set<String> partsWith(String code) {
    Pattern pattern = Pattern.compile(code);
    return Part.all().stream()
        .filter(Part::keepsData)
        .filter(part ->
            KnownVariables.sources(part.module()).stream()
                .anyMatch(source -> pattern.matcher(source).find()))
        .map(Part::label)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> list(MatchResult row, int group) {
    return Arrays.stream(row.group(group).split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
