package com.secureapprove.chat.systemtests.manifests;

import static com.secureapprove.chat.systemtests.manifests.Rendered.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alert rules, dashboards and the runbook use metrics that the code has, and belong together.
class AlertsTest {
  private static final Path MONITORING = Project.ROOT.resolve("k8s/components/monitoring");
  private static final Path OPERATIONS = Project.ROOT.resolve("docs/operations");
  private static final Path PROMETHEUS = OPERATIONS.resolve("prometheus");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern METRIC = Pattern.compile("\\bchat_[a-z_]+\\b");
  private static final Pattern SUFFIX =
      Pattern.compile("(_seconds)?(_bucket|_count|_sum|_total)?$");

  private static final JsonNode RULES =
      Yaml.documents(Project.text(MONITORING.resolve("prometheusrule.yaml"))).getFirst();

  @Test
  void everyAlertHasASeverityASummaryAndASectionOfTheRunbook() {
    String runbook = Project.text(OPERATIONS.resolve("runbook.md"));
    List<String> alerts =
        rules().map(rule -> rule.path("alert").asText()).collect(Collectors.toList());

    assertThat(rules())
        .allSatisfy(rule -> {
          String alert = rule.path("alert").asText();
          assertThat(rule.at("/labels/severity").asText()).as(alert).isIn("critical", "warning");
          assertThat(rule.at("/annotations/summary").asText()).as(alert).isNotEmpty();
          assertThat(rule.at("/annotations/runbook_url").asText())
              .as(alert)
              .endsWith("/runbook.md#" + alert.toLowerCase(Locale.ROOT));
        });
    assertThat(
            runbook.lines().filter(line -> line.startsWith("## ")).map(line -> line.substring(3)))
        .containsExactlyElementsOf(alerts);
    for (String part : List.of("Meaning", "Impact", "Diagnosis", "Mitigation")) {
      assertThat(runbook.split("\\*\\*" + part + "\\.\\*\\*", -1)).hasSize(alerts.size() + 1);
    }
  }

  @Test
  void everyMetricOfRulesDashboardsAndPagesIsInTheCode() throws Exception {
    Set<String> known =
        Stream.concat(
                Stream.of("platform", "service-platform"),
                Component.withOptional().stream().map(Component::module))
            .flatMap(module -> KnownVariables.sources(module).stream())
            .flatMap(source -> Pattern.compile("\"(chat_[a-z_]+)\"").matcher(source).results())
            .map(name -> base(name.group(1)))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(OPERATIONS)) {
      Stream.concat(
              files.filter(Files::isRegularFile),
              Stream.of(MONITORING.resolve("prometheusrule.yaml")))
          .flatMap(file -> METRIC.matcher(Project.text(file)).results())
          .map(name -> base(name.group()))
          .filter(name -> !name.matches("chat_(conversation|message|presence|attachment|backup).*"))
          .filter(name -> !name.startsWith("chat_notification"))
          .forEach(used::add);
    }

    assertThat(used).hasSizeGreaterThan(20);
    assertThat(known).containsAll(used);
  }

  @Test
  void dashboardsLeanOnNothingThatNativeImagesLack() throws Exception {
    for (String name : List.of("delivery", "requests")) {
      String text = Project.text(OPERATIONS.resolve("dashboards/" + name + ".json"));
      JsonNode dashboard = JSON.readTree(text);

      assertThat(each(dashboard.path("panels")).map(panel -> panel.path("id").asInt()))
          .doesNotHaveDuplicates()
          .isNotEmpty();
      assertThat(text).doesNotContain("jvm_gc_", "jvm_buffer_");
    }
    assertThat(RULES.toString()).doesNotContain("jvm_");
  }

  @Test
  void promtoolAcceptsTheRulesAndTheirTestsPass(@TempDir Path directory) throws Exception {
    Programs.need("promtool", "--version");
    Path rules = Files.copy(PROMETHEUS.resolve("rules.yaml"), directory.resolve("rules.yaml"));
    Path tests = Files.copy(MONITORING.resolve("alerts-test.yaml"), directory.resolve("test.yaml"));

    Programs.output("promtool", "check", "rules", rules.toString());
    Programs.output("promtool", "check", "config", PROMETHEUS.resolve("prometheus.yml").toString());
    Programs.output("promtool", "test", "rules", tests.toString());
  }

  @Test
  void theFileForPrometheusHasTheSameRules() {
    assertThat(Yaml.documents(Project.text(PROMETHEUS.resolve("rules.yaml"))).getFirst())
        .isEqualTo(RULES.path("spec"));
  }

  @Test
  void prometheusScrapesTheManagementPortOfEveryComponent() {
    String configuration = Project.text(PROMETHEUS.resolve("prometheus.yml"));
    for (Component component : Component.withOptional()) {
      assertThat(configuration)
          .contains(
              "[\"%s:%d\"]".formatted(component.module(), component.managementPort()),
              "component: " + component.module());
    }
  }

  private static Stream<JsonNode> rules() {
    return each(RULES.at("/spec/groups")).flatMap(group -> each(group.path("rules")));
  }

  /// The name in the code: without the suffixes of counters and histograms.
  private static String base(String name) {
    return SUFFIX.matcher(name).replaceFirst("");
  }
}
