package com.secureapprove.chat.systemtests.manifests;

import static com.secureapprove.chat.systemtests.manifests.Rendered.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The workflows of hosted CI agree with the project, and have few rights.
class WorkflowsTest {
  private static final Path WORKFLOWS = Project.ROOT.resolve(".github/workflows");

  @Test
  void everyWorkflowStartsWithReadOnlyRightsAndBoundsItsTime() throws Exception {
    for (JsonNode workflow : workflows()) {
      String name = workflow.path("name").asText();
      assertThat(workflow.path("permissions").toString())
          .as(name)
          .isEqualTo("{\"contents\":\"read\"}");
      assertThat(workflow.path("jobs"))
          .as(name)
          .isNotEmpty()
          .allSatisfy(job -> assertThat(job.path("timeout-minutes").asInt()).isBetween(1, 90));
    }
  }

  @Test
  void everyMatrixHasAllComponents() throws Exception {
    List<String> modules = Component.withOptional().stream().map(Component::module).toList();
    for (JsonNode workflow : workflows()) {
      assertThat(workflow.findValues("module"))
          .filteredOn(JsonNode::isArray)
          .allSatisfy(list ->
              assertThat(each(list).map(JsonNode::asText).toList())
                  .containsExactlyInAnyOrderElementsOf(modules));
    }
  }

  @Test
  void everyActionHasAVersionAndNoCheckoutKeepsItsCredentials() throws Exception {
    for (JsonNode workflow : workflows()) {
      for (JsonNode step : workflow.findValues("steps").stream().flatMap(Rendered::each).toList()) {
        if (step.has("uses")) {
          assertThat(step.path("uses").asText()).matches("[^@]+@v?\\d[\\w.]*|[^@]+@[0-9a-f]{40}");
        }
        if (step.path("uses").asText().startsWith("actions/checkout")) {
          assertThat(step.at("/with/persist-credentials").toString()).isEqualTo("false");
        }
      }
    }
  }

  /// A text that others control must not become part of a script.
  @Test
  void noScriptContainsATextOfAnEvent() throws Exception {
    Pattern event = Pattern.compile("\\$\\{\\{ *github\\.(event|head_ref|ref_name)");
    for (JsonNode workflow : workflows()) {
      assertThat(workflow.findValuesAsText("run"))
          .noneMatch(script -> event.matcher(script).find());
    }
  }

  @Test
  void theFilesThatScriptsNameExist() throws Exception {
    Pattern file = Pattern.compile("(?<![\\w./])((?:k8s|release)/[\\w./-]+\\w)");
    for (JsonNode workflow : workflows()) {
      for (String script : workflow.findValuesAsText("run")) {
        assertThat(file.matcher(script).results().map(found -> found.group(1)))
            .filteredOn(name -> !name.endsWith("overlays/"))
            .allSatisfy(name -> assertThat(Project.ROOT.resolve(name)).exists());
      }
    }
  }

  private static List<JsonNode> workflows() throws Exception {
    try (Stream<Path> files = Files.list(WORKFLOWS)) {
      return files.map(file -> Yaml.documents(Project.text(file)).getFirst()).toList();
    }
  }
}
