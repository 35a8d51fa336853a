package com.secureapprove.chat.systemtests.manifests;

import static com.secureapprove.chat.systemtests.manifests.Rendered.container;
import static com.secureapprove.chat.systemtests.manifests.Rendered.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The network policies allow exactly the calls of the code.
class NetworkTest {
  static final List<String> OVERLAYS = Rendered.OVERLAYS;

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void everyPodOfOursIsDeniedEverythingThatNoPolicyAllows(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    JsonNode deny = rendered.one("NetworkPolicy", "default-deny").path("spec");

    assertThat(deny.path("policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
    assertThat(deny.has("ingress") || deny.has("egress")).isFalse();
    assertThat(rendered.workloads())
        .allMatch(workload -> selects(deny.path("podSelector"), labels(workload)));
  }

  /// A team may share the namespace with other software.
  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void noPolicySelectsThePodsOfOthers(String overlay) throws Exception {
    JsonNode stranger =
        Yaml.documents("{app: shop, app.kubernetes.io/name: gateway, app.kubernetes.io/part-of: x}")
            .getFirst();

    assertThat(Rendered.of(overlay).kind("NetworkPolicy"))
        .noneMatch(policy -> selects(policy.at("/spec/podSelector"), stranger));
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void thosePartsTalkThatKnowEachOthersAddressAndNoOthers(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component caller : Component.all()) {
      JsonNode environment = container(rendered.deployment(caller)).path("env");
      for (Component called : Component.all()) {
        String variable = "CHAT_%s_URL".formatted(called.name());
        List<String> addresses =
            each(environment)
                .filter(v -> v.path("name").asText().equals(variable))
                .map(v -> v.path("value").asText())
                .map(url ->
                    url.replace("$(%s_HOST)".formatted(called.name()), host(environment, called)))
                .toList();
        boolean calls = !addresses.isEmpty();
        if (calls) {
          JsonNode port = rendered.one("Service", called.module()).at("/spec/ports/0/port");
          URI address = URI.create(addresses.getFirst());
          assertThat(address.getHost()).isEqualTo(called.module());
          assertThat(address.getPort()).isEqualTo(port.asInt()).isEqualTo(called.port());
        }
        assertThat(mayCall(rendered, caller, called))
            .as("%s may call %s", caller.module(), called.module())
            .isEqualTo(calls);
        assertThat(mayBeCalled(rendered, called, caller))
            .as("%s may be called by %s", called.module(), caller.module())
            .isEqualTo(calls);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void servicesReachPostgresAndAllPartsReachRedis(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component part : Component.all()) {
      assertThat(rules(rendered, part, "egress").anyMatch(rule -> hasPort(rule, "6379")))
          .as("%s reaches Redis", part.module())
          .isTrue();
      assertThat(rules(rendered, part, "egress").anyMatch(rule -> hasPort(rule, "5432")))
          .as("%s reaches PostgreSQL", part.module())
          .isEqualTo(part.keepsData());
    }
    assertThat(rendered.kind("Job"))
        .allSatisfy(job -> {
          assertThat(rules(rendered, labels(job), "egress"))
              .anyMatch(rule -> hasPort(rule, "5432"))
              .anyMatch(rule -> hasPort(rule, "53"));
          assertThat(rules(rendered, labels(job), "ingress")).isEmpty();
        });
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void noPolicyAllowsTheManagementPortsWithoutMonitoring(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component part : Component.all()) {
      assertThat(rules(rendered, part, "ingress"))
          .as(part.module())
          .isNotEmpty()
          .allSatisfy(rule -> assertThat(rule.path("ports").toString()).contains("\"http\""))
          .allSatisfy(rule -> assertThat(rule.path("ports")).hasSize(1))
          .allSatisfy(rule -> assertThat(rule.path("from")).as("not from everywhere").isNotEmpty());
    }
  }

  @Test
  void monitoringScrapesTheManagementPortOfEveryComponentAndNothingElse(@TempDir Path directory)
      throws Exception {
    Rendered rendered = Rendered.with(directory, "", "monitoring");
    JsonNode monitor = rendered.one("PodMonitor", "chat");
    JsonNode endpoint = monitor.at("/spec/podMetricsEndpoints/0");
    assertThat(endpoint.path("port").asText()).isEqualTo("management");
    assertThat(endpoint.at("/relabelings/0").toString())
        .as("the label of alerts and dashboards comes from a label that no overlay changes")
        .contains("pod_label_secureapprove_chat_component", "\"component\"");
    for (Component part : Component.all()) {
      assertThat(selects(monitor.at("/spec/selector"), labels(rendered.deployment(part)))).isTrue();
      List<JsonNode> allowed =
          rules(rendered, part, "ingress").filter(rule -> hasPort(rule, "management")).toList();
      assertThat(allowed).as(part.module()).hasSize(1);
      assertThat(allowed.getFirst().path("ports")).hasSize(1);
      assertThat(allowed.getFirst().path("from"))
          .as("only the pods of Prometheus, in their namespace")
          .allMatch(peer -> peer.has("namespaceSelector") && peer.has("podSelector"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway-api", "ingress"})
  void anEntryPointReachesTheGatewayAlone(String component, @TempDir Path directory)
      throws Exception {
    Rendered rendered = Rendered.with(directory, "", component);
    for (Component part : Component.all()) {
      boolean reached =
          rules(rendered, part, "ingress")
              .filter(rule -> hasPort(rule, "http"))
              .anyMatch(rule -> rule.toString().contains("namespaceSelector"));
      assertThat(reached).as(part.module()).isEqualTo(part == Component.GATEWAY);
    }
  }

  /// Installations set labels and prefixes of their own. Kustomize adds such labels to the
  /// matchLabels of policies, also of those that select pods of the cluster.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels: [{includeSelectors: true, pairs: {app.kubernetes.io/part-of: other, team: x}}]\n",
        "labels: [{includeTemplates: true, pairs: {app.kubernetes.io/part-of: other, team: x}}]\n",
        "commonLabels: {app.kubernetes.io/instance: blue, app.kubernetes.io/name: chat}\n",
        "namePrefix: blue-\nnamespace: team\n"
      })
  void callsAndNamesSurviveTheLabelsAndPrefixesOfAnInstallation(
      String customisation, @TempDir Path directory) throws Exception {
    Rendered rendered = Rendered.with(directory, customisation, "gateway-api", "ingress");
    String prefix = customisation.startsWith("namePrefix") ? "blue-" : "";
    JsonNode dns = Yaml.documents("{k8s-app: kube-dns}").getFirst();
    for (Component caller : Component.all()) {
      JsonNode deployment = rendered.one("Deployment", prefix + caller.module());
      JsonNode environment = container(deployment).path("env");
      assertThat(
              rules(rendered, labels(deployment), "egress")
                  .filter(rule -> hasPort(rule, "53"))
                  .flatMap(rule -> each(rule.path("to"))))
          .as("%s reaches the DNS", caller.module())
          .anyMatch(peer -> selects(peer.path("podSelector"), dns));
      for (Component called : Component.all()) {
        boolean calls =
            each(environment)
                .anyMatch(
                    v -> v.path("name").asText().equals("CHAT_%s_URL".formatted(called.name())));
        if (calls) {
          assertThat(host(environment, called)).isEqualTo(prefix + called.module());
          JsonNode callee = rendered.one("Deployment", prefix + called.module());
          assertThat(
                  rules(rendered, labels(deployment), "egress")
                      .filter(rule -> hasPort(rule, Integer.toString(called.port())))
                      .flatMap(rule -> each(rule.path("to")))
                      .anyMatch(peer -> selects(peer.path("podSelector"), labels(callee))))
              .as("%s calls %s", caller.module(), called.module())
              .isTrue();
          JsonNode service = rendered.one("Service", prefix + called.module());
          assertThat(selects(json("matchLabels", service.at("/spec/selector")), labels(callee)))
              .isTrue();
        }
      }
    }
    assertThat(rendered.one("HTTPRoute", prefix + "gateway").findValues("backendRefs"))
        .allMatch(backends -> backends.get(0).path("name").asText().equals(prefix + "gateway"));
    assertThat(
            rendered
                .one("Ingress", prefix + "gateway")
                .at("/spec/rules/0/http/paths/0/backend/service/name")
                .asText())
        .isEqualTo(prefix + "gateway");
  }

  private static JsonNode json(String name, JsonNode value) {
    return JsonNodeFactory.instance.objectNode().set(name, value);
  }

  private static String host(JsonNode environment, Component called) {
    return each(environment)
        .filter(v -> v.path("name").asText().equals(called.name() + "_HOST"))
        .map(v -> v.path("value").asText())
        .findFirst()
        .orElse("");
  }

  private static JsonNode labels(JsonNode workload) {
    return workload.at("/spec/template/metadata/labels");
  }

  private static boolean mayCall(Rendered rendered, Component caller, Component called) {
    return rules(rendered, caller, "egress")
        .filter(rule -> hasPort(rule, Integer.toString(called.port())))
        .flatMap(rule -> each(rule.path("to")))
        .anyMatch(peer -> selects(peer.path("podSelector"), labels(rendered.deployment(called))));
  }

  private static boolean mayBeCalled(Rendered rendered, Component called, Component caller) {
    return rules(rendered, called, "ingress")
        .anyMatch(rule ->
            !rule.has("from")
                || each(rule.path("from"))
                    .anyMatch(peer ->
                        selects(peer.path("podSelector"), labels(rendered.deployment(caller)))));
  }

  private static Stream<JsonNode> rules(Rendered rendered, Component part, String direction) {
    return rules(rendered, labels(rendered.deployment(part)), direction);
  }

  /// The rules of all policies that select a pod.
  private static Stream<JsonNode> rules(Rendered rendered, JsonNode labels, String direction) {
    return rendered
        .kind("NetworkPolicy")
        .filter(policy -> selects(policy.at("/spec/podSelector"), labels))
        .flatMap(policy -> each(policy.path("spec").path(direction)));
  }

  private static boolean hasPort(JsonNode rule, String port) {
    return each(rule.path("ports")).anyMatch(p -> p.path("port").asText().equals(port));
  }

  private static boolean selects(JsonNode selector, JsonNode labels) {
    boolean byLabels =
        selector.path("matchLabels").properties().stream()
            .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
    boolean byExpressions =
        each(selector.path("matchExpressions"))
            .allMatch(expression -> {
              JsonNode value = labels.path(expression.path("key").asText());
              return switch (expression.path("operator").asText()) {
                case "Exists" -> !value.isMissingNode();
                case "In" -> each(expression.path("values")).anyMatch(value::equals);
                case String other -> throw new AssertionError("unknown operator " + other);
              };
            });
    return !selector.isMissingNode() && byLabels && byExpressions;
  }
}
