package com.secureapprove.chat.systemtests.manifests;

import static com.secureapprove.chat.systemtests.manifests.Rendered.container;
import static com.secureapprove.chat.systemtests.manifests.Rendered.containers;
import static com.secureapprove.chat.systemtests.manifests.Rendered.each;
import static com.secureapprove.chat.systemtests.manifests.Rendered.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Tests how pods start, run and stop.
class PodsTest {
  static final List<String> OVERLAYS = Rendered.OVERLAYS;

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void theFivePartsAreDeployed(String overlay) throws Exception {
    List<String> deployed =
        Rendered.of(overlay)
            .kind("Deployment")
            .map(deployment -> deployment.at("/metadata/name").asText())
            .filter(name -> !name.equals("demo-people"))
            .toList();

    assertThat(deployed)
        .containsExactlyInAnyOrderElementsOf(
            Component.all().stream().map(Component::module).toList());
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void healthIsAskedOnTheManagementPortThatThePartListensOn(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component component : Component.all()) {
      JsonNode container = container(rendered.deployment(component));

      assertThat(port(container, "http")).as(component.module()).isEqualTo(component.port());
      assertThat(port(container, "management"))
          .as(component.module())
          .isEqualTo(component.managementPort());
      Map.of("startupProbe", "started", "readinessProbe", "ready", "livenessProbe", "live")
          .forEach((probe, health) -> {
            JsonNode asked = container.path(probe).path("httpGet");
            assertThat(asked.path("path").asText())
                .as("%s %s", component.module(), probe)
                .isEqualTo("/q/health/" + health);
            assertThat(asked.path("port").asText())
                .as("%s %s", component.module(), probe)
                .isEqualTo("management");
          });
    }
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void noPodMayDoMoreThanItMust(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);

    assertThat(rendered.kind("Namespace")).as("deleting an overlay keeps the namespace").isEmpty();
    rendered
        .workloads()
        .forEach(workload -> {
          String name = Rendered.name(workload);
          JsonNode pod = pod(workload);
          assertThat(workload.at("/metadata/namespace").asText())
              .as(name)
              .isEqualTo(
                  overlay.equals("staging") ? "secureapprove-chat-staging" : "secureapprove-chat");
          assertThat(pod.path("automountServiceAccountToken"))
              .as("%s has no token for the cluster", name)
              .hasToString("false");
          assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).as(name).isTrue();
          assertThat(pod.at("/securityContext/seccompProfile/type").asText())
              .as(name)
              .isEqualTo("RuntimeDefault");
          assertThat(each(pod.path("volumes")).filter(volume -> volume.has("hostPath")))
              .as(name)
              .isEmpty();
          containers(workload)
              .forEach(container -> {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation")).as(name).hasToString("false");
                assertThat(security.at("/capabilities/drop/0").asText()).as(name).isEqualTo("ALL");
                assertThat(security.at("/capabilities/add").isMissingNode()).as(name).isTrue();
              });
        });
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void ourPartsWriteOnlyToTheirTemporaryDirectoryAndFilesToTheirVolume(String overlay)
      throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component component : Component.all()) {
      JsonNode deployment = rendered.deployment(component);
      containers(deployment)
          .forEach(container -> {
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .as(component.module())
                .isTrue();
            List<String> writable =
                each(container.path("volumeMounts"))
                    .filter(mount -> !mount.path("readOnly").asBoolean())
                    .map(mount -> mount.path("mountPath").asText())
                    .toList();
            assertThat(writable)
                .as(component.module())
                .contains("/tmp")
                .isSubsetOf(allowed(component));
          });
    }
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void everyContainerAsksForWhatItNeedsAndHasABoundOnMemory(String overlay) throws Exception {
    Rendered.of(overlay)
        .workloads()
        .forEach(workload ->
            containers(workload)
                .forEach(container -> {
                  String name = Rendered.name(workload);
                  JsonNode resources = container.path("resources");
                  assertThat(resources.at("/requests/cpu").asText()).as(name).isNotEmpty();
                  assertThat(resources.at("/requests/memory").asText()).as(name).isNotEmpty();
                  assertThat(resources.at("/limits/memory").asText()).as(name).isNotEmpty();
                  assertThat(resources.at("/requests/ephemeral-storage").asText())
                      .as(name)
                      .isNotEmpty();
                  assertThat(resources.at("/limits/ephemeral-storage").asText())
                      .as(name)
                      .isNotEmpty();
                }));
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void everyImageIsOfOneVersionAndOursOfThisOne(String overlay) throws Exception {
    Rendered.of(overlay)
        .workloads()
        .forEach(workload ->
            containers(workload)
                .map(container -> container.path("image").asText())
                .forEach(image -> {
                  assertThat(image)
                      .as(Rendered.name(workload))
                      .matches(".+(:[^:/@]+|@sha256:[0-9a-f]{64})")
                      .doesNotEndWith(":latest");
                  if (image.startsWith("secureapprove-chat/")) {
                    assertThat(image).endsWith(":" + Project.version());
                  }
                }));
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void aRolloutTakesNothingAwayAndLeavesTimeToDrain(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component component : Component.all()) {
      JsonNode deployment = rendered.deployment(component);
      JsonNode rollout = deployment.at("/spec/strategy/rollingUpdate");
      assertThat(rollout.path("maxUnavailable")).as(component.module()).hasToString("0");

      int waits = container(deployment).at("/lifecycle/preStop/sleep/seconds").asInt();
      int grace = pod(deployment).path("terminationGracePeriodSeconds").asInt();
      assertThat(waits).as(component.module()).isPositive();
      assertThat(grace)
          .as("%s is killed before it has ended by itself", component.module())
          .isGreaterThan(waits + ending(component.settings()) + 5);

      assertThat(each(pod(deployment).path("topologySpreadConstraints")))
          .as("%s spreads over zones and nodes", component.module())
          .extracting(constraint -> constraint.path("topologyKey").asText())
          .containsExactlyInAnyOrder("topology.kubernetes.io/zone", "kubernetes.io/hostname");
    }
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void everyPartScalesAndSurvivesADrainOfItsNode(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component component : Component.all()) {
      String name = component.module();
      JsonNode deployment = rendered.deployment(component);
      assertThat(deployment.at("/spec/replicas").isMissingNode())
          .as("%s leaves its replicas to the autoscaler", name)
          .isTrue();
      assertThat(rendered.one("HorizontalPodAutoscaler", name).at("/spec/scaleTargetRef/name"))
          .hasToString("\"" + name + "\"");

      JsonNode budget = rendered.one("PodDisruptionBudget", name).path("spec");
      assertThat(budget.path("unhealthyPodEvictionPolicy").asText()).isEqualTo("AlwaysAllow");
      JsonNode labels = deployment.at("/spec/template/metadata/labels");
      for (JsonNode selector :
          List.of(
              budget.at("/selector/matchLabels"),
              deployment.at("/spec/selector/matchLabels"),
              rendered.one("Service", name).at("/spec/selector"))) {
        selector
            .properties()
            .forEach(label -> assertThat(labels.get(label.getKey())).isEqualTo(label.getValue()));
      }
      assertThat(pod(deployment).path("serviceAccountName").asText()).isEqualTo(name);
      rendered.one("ServiceAccount", name);
    }
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void noSecretIsInTheRepository(String overlay) throws Exception {
    Set<String> suspicious = Set.of("password", "secret", "url", "key.jwk");
    assertThat(Rendered.of(overlay).kind("Secret")).isEmpty();
    assertThat(Rendered.of(overlay).kind("ConfigMap"))
        .allSatisfy(config ->
            config
                .path("data")
                .fieldNames()
                .forEachRemaining(key -> assertThat(suspicious).doesNotContain(key)));
  }

  /// What the lists of kubescape and Polaris ask for beyond the tests above.
  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void noObjectNeedsMoreOfTheNodeOrOfTheClusterThanItsPods(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);

    assertThat(rendered.objects())
        .extracting(object -> object.path("kind").asText())
        .doesNotContain("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "Pod");
    assertThat(rendered.kind("Service"))
        .allSatisfy(service -> {
          assertThat(service.at("/spec/type").asText("ClusterIP")).isEqualTo("ClusterIP");
          assertThat(service.at("/spec/externalIPs").isMissingNode()).isTrue();
        });
    assertThat(rendered.kind("ServiceAccount"))
        .allSatisfy(account ->
            assertThat(account.path("automountServiceAccountToken")).hasToString("false"));
    assertThat(rendered.workloads())
        .allSatisfy(workload -> {
          assertThat(workload.at("/metadata/labels/app.kubernetes.io~1name").asText()).isNotEmpty();
          JsonNode pod = pod(workload);
          assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC")).isFalse();
          assertThat(pod.has("hostAliases")).isFalse();
          assertThat(containers(workload))
              .allSatisfy(container -> {
                JsonNode security = container.path("securityContext");
                assertThat(security.has("privileged") || security.has("procMount")).isFalse();
                assertThat(each(container.path("ports"))).noneMatch(port -> port.has("hostPort"));
                assertThat(each(container.path("env")))
                    .filteredOn(variable -> variable.has("value"))
                    .extracting(variable -> variable.path("name").asText())
                    .noneMatch(name -> name.matches(".*(PASSWORD|SECRET|TOKEN|_KEY)"));
              });
        });
  }

  private static Set<String> allowed(Component component) {
    return component == Component.ATTACHMENT ? Set.of("/tmp", "/var/lib/chat") : Set.of("/tmp");
  }

  private static int port(JsonNode container, String name) {
    return each(container.path("ports"))
        .filter(port -> port.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no port " + name))
        .path("containerPort")
        .asInt();
  }

  /// The maximum shutdown time of a component in seconds, from its settings.
  private static int ending(Properties settings) {
    return Stream.of(
            "quarkus.shutdown.timeout",
            "chat.draining.over",
            "chat.draining.answers-within",
            "chat.draining.requests-within")
        .mapToInt(name -> seconds(settings.getProperty(name, "0s")))
        .sum();
  }

  private static int seconds(String duration) {
    assertThat(duration).matches("\\d+[sS]");
    return Integer.parseInt(duration.substring(0, duration.length() - 1));
  }
}
