package com.secureapprove.chat.systemtests.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Helm chart is in step with the kustomize base. It needs no Helm; `./chat cluster-test`
/// installs it.
class ChartTest {
  private static final Path CHART = Project.ROOT.resolve("k8s/chart");
  private static final String WRITE = "chat.write-docs";
  private static final String COMMAND =
      "./mvnw -Dquick -pl system-tests -am test -Dtest=ChartTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -D"
          + WRITE
          + "=true";

  @TempDir private Path directory;

  @Test
  void theTemplatesAreGeneratedFromTheBase() throws Exception {
    for (Map.Entry<String, String> template : ChartTemplates.generate(directory).entrySet()) {
      Path file = CHART.resolve("templates").resolve(template.getKey());
      if (Boolean.getBoolean(WRITE)) {
        Files.writeString(file, template.getValue());
      }
      assertThat(Files.exists(file) ? Project.text(file) : "")
          .as("%s is out of date. Run: %s", file, COMMAND)
          .isEqualTo(template.getValue());
    }
  }

  @Test
  void theVersionIsThatOfTheProject() throws Exception {
    JsonNode chart = yaml("Chart.yaml");

    assertThat(chart.path("version").asText()).isEqualTo(Project.version());
    assertThat(chart.path("appVersion").asText()).isEqualTo(Project.version());
  }

  @Test
  void theValuesAreThoseOfTheBase() throws Exception {
    Rendered base = Rendered.with(directory, "");
    JsonNode values = yaml("values.yaml");
    for (Component part : Component.all()) {
      JsonNode value = values.path(ChartTemplates.value(part.module()));
      JsonNode pod = Rendered.pod(base.deployment(part));
      JsonNode scaling = base.one("HorizontalPodAutoscaler", part.module()).path("spec");

      assertThat(value.path("resources")).isEqualTo(pod.at("/containers/0/resources"));
      assertThat(value.path("migrationResources")).isEqualTo(pod.at("/initContainers/0/resources"));
      assertThat(value.at("/replicas/min")).isEqualTo(scaling.path("minReplicas"));
      assertThat(value.at("/replicas/max")).isEqualTo(scaling.path("maxReplicas"));
    }
    assertThat(values.at("/ingress/annotations"))
        .isEqualTo(
            Rendered.with(directory, "", "ingress")
                .one("Ingress", "gateway")
                .at("/metadata/annotations"));
    assertThat(values.at("/s3/peers"))
        .isEqualTo(
            Rendered.with(directory, "", "s3")
                .one("NetworkPolicy", "attachment-service-to-s3")
                .at("/spec/egress/0/to"));
  }

  @Test
  void theSchemaAcceptsTheDefaultValues() throws Exception {
    assertThat(schema().validate(yaml("values.yaml"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "publicUrl: https://chat.example.com/path",
        "publicURL: https://chat.example.com",
        "database: {url: postgres://x, port: 5432, peers: []}",
        "redis: {port: 0, peers: []}",
        "redis: {port: 6379, peers: [{cidr: 10.0.0.1/32}]}",
        "image: {registry: x, digests: {gateway: latest}}",
        "gateway: {replicas: {min: 0, max: 2}, resources: {requests: {}, limits: {}}}",
        "userIds: {enabled: 'no'}"
      })
  void theSchemaRefusesWrongValues(String changed) throws Exception {
    var values = (com.fasterxml.jackson.databind.node.ObjectNode) yaml("values.yaml");
    values.setAll(
        (com.fasterxml.jackson.databind.node.ObjectNode) Yaml.documents(changed).getFirst());

    assertThat(schema().validate(values)).isNotEmpty();
  }

  private static JsonNode yaml(String file) {
    return Yaml.documents(Project.text(CHART.resolve(file))).getFirst();
  }

  private static JsonSchema schema() throws Exception {
    return JsonSchemaFactory.getInstance(VersionFlag.V7)
        .getSchema(new ObjectMapper().readTree(Project.text(CHART.resolve("values.schema.json"))));
  }
}
