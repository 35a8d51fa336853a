package com.secureapprove.chat.systemtests.manifests;

import static com.secureapprove.chat.systemtests.manifests.Rendered.container;
import static com.secureapprove.chat.systemtests.manifests.Rendered.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The network policies allow exactly the calls of the code.
class NetworkTest {
  static final List<String> OVERLAYS = Rendered.OVERLAYS;

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void nothingIsAllowedUnlessAPolicySaysSo(String overlay) throws Exception {
    JsonNode deny = Rendered.of(overlay).one("NetworkPolicy", "default-deny").path("spec");

    assertThat(deny.path("podSelector")).isEmpty();
    assertThat(deny.path("policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
    assertThat(deny.has("ingress") || deny.has("egress")).isFalse();
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
            .isEqualTo(calls || called == Component.GATEWAY);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void servicesReachPostgresAndAllPartsReachRedis(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component component : Component.all()) {
      assertThat(rules(rendered, component, "egress").anyMatch(rule -> hasPort(rule, "6379")))
          .as("%s reaches Redis", component.module())
          .isTrue();
      assertThat(rules(rendered, component, "egress").anyMatch(rule -> hasPort(rule, "5432")))
          .as("%s reaches PostgreSQL", component.module())
          .isEqualTo(component.keepsData());
    }
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void nobodyIsLetInToTheManagementPorts(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component component : Component.all()) {
      assertThat(rules(rendered, component, "ingress"))
          .as(component.module())
          .isNotEmpty()
          .allSatisfy(rule -> assertThat(rule.path("ports").toString()).contains("\"http\""))
          .allSatisfy(rule -> assertThat(rule.path("ports")).hasSize(1));
    }
  }

  private static boolean mayCall(Rendered rendered, Component caller, Component called) {
    return rules(rendered, caller, "egress")
        .filter(rule -> hasPort(rule, Integer.toString(called.port())))
        .flatMap(rule -> each(rule.path("to")))
        .anyMatch(peer -> selects(peer.path("podSelector"), rendered.deployment(called)));
  }

  private static boolean mayBeCalled(Rendered rendered, Component called, Component caller) {
    return rules(rendered, called, "ingress")
        .anyMatch(rule ->
            !rule.has("from")
                || each(rule.path("from"))
                    .anyMatch(
                        peer -> selects(peer.path("podSelector"), rendered.deployment(caller))));
  }

  private static Stream<JsonNode> rules(Rendered rendered, Component component, String direction) {
    return rendered
        .kind("NetworkPolicy")
        .filter(policy -> selects(policy.at("/spec/podSelector"), rendered.deployment(component)))
        .flatMap(policy -> each(policy.path("spec").path(direction)));
  }

  private static boolean hasPort(JsonNode rule, String port) {
    return each(rule.path("ports")).anyMatch(p -> p.path("port").asText().equals(port));
  }

  private static boolean selects(JsonNode selector, JsonNode deployment) {
    JsonNode labels = deployment.at("/spec/template/metadata/labels");
    boolean byLabels =
        selector.path("matchLabels").properties().stream()
            .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
    boolean byExpressions =
        each(selector.path("matchExpressions"))
            .allMatch(expression -> {
              assertThat(expression.path("operator").asText()).isEqualTo("In");
              String value = labels.path(expression.path("key").asText()).asText();
              return each(expression.path("values")).anyMatch(v -> v.asText().equals(value));
            });
    return !selector.isMissingNode() && byLabels && byExpressions;
  }
}
