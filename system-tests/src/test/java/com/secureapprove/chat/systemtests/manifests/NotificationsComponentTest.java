package com.secureapprove.chat.systemtests.manifests;

import static com.secureapprove.chat.systemtests.manifests.Rendered.container;
import static com.secureapprove.chat.systemtests.manifests.Rendered.each;
import static com.secureapprove.chat.systemtests.manifests.Rendered.names;
import static com.secureapprove.chat.systemtests.manifests.Rendered.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The optional notification-service runs like the services of the base.
class NotificationsComponentTest {
  private static final Component SERVICE = Component.NOTIFICATION;

  @TempDir private Path directory;
  private Rendered rendered;
  private JsonNode deployment;
  private JsonNode other;

  @BeforeEach
  void render() throws Exception {
    rendered = Rendered.with(directory, "", "notifications", "user-ids", "private-ca");
    deployment = rendered.deployment(SERVICE);
    other = rendered.deployment(Component.ATTACHMENT);
  }

  @Test
  void thePodIsAsRestrictedAsThatOfAnotherService() {
    for (String field :
        List.of(
            "automountServiceAccountToken",
            "enableServiceLinks",
            "securityContext",
            "terminationGracePeriodSeconds")) {
      assertThat(pod(deployment).path(field)).as(field).isEqualTo(pod(other).path(field));
    }
    for (String field :
        List.of(
            "securityContext",
            "startupProbe",
            "readinessProbe",
            "livenessProbe",
            "lifecycle",
            "resources")) {
      assertThat(container(deployment).path(field))
          .as(field)
          .isEqualTo(container(other).path(field));
    }
    JsonNode migration = pod(deployment).at("/initContainers/0");
    JsonNode migrationOfOther = pod(other).at("/initContainers/0");
    for (String field : List.of("securityContext", "resources", "volumeMounts")) {
      assertThat(migration.path(field)).as(field).isEqualTo(migrationOfOther.path(field));
    }
    assertThat(new TreeSet<>(names(migration.path("env"))))
        .isEqualTo(new TreeSet<>(names(migrationOfOther.path("env"))));
    assertThat(deployment.at("/spec/strategy")).isEqualTo(other.at("/spec/strategy"));
    assertThat(rendered.kind("HorizontalPodAutoscaler"))
        .noneMatch(each -> each.at("/metadata/name").asText().equals(SERVICE.module()));
    assertThat(
            rendered
                .one("PodDisruptionBudget", SERVICE.module())
                .at("/spec/maxUnavailable")
                .asInt())
        .isLessThan(deployment.at("/spec/replicas").asInt());
    assertThat(container(deployment).path("image").asText())
        .isEqualTo("secureapprove-chat/notification-service:" + Project.version());
  }

  @Test
  void itIsToldWhatItNeedsAndListensWhereItIsAsked() {
    KnownVariables variables = KnownVariables.of(SERVICE);
    Set<String> told = new TreeSet<>(names(container(deployment).path("env")));
    told.removeAll(Set.of("CONVERSATION_HOST", "PRESENCE_HOST"));
    assertThat(names(container(deployment).path("env"))).doesNotHaveDuplicates();
    Set<String> needed = new TreeSet<>(variables.needed());
    needed.remove("CHAT_MIGRATION_PASSWORD");
    assertThat(told).containsAll(needed);
    assertThat(variables.known()).containsAll(told);
    assertThat(container(deployment).path("ports").toString())
        .contains(Integer.toString(SERVICE.port()), Integer.toString(SERVICE.managementPort()));
    assertThat(rendered.one("Service", SERVICE.module()).at("/spec/ports/0/port").asInt())
        .isEqualTo(SERVICE.port());
    rendered.one("ServiceAccount", SERVICE.module());
  }

  @Test
  void theGatewayAloneCallsIt() {
    assertThat(container(rendered.deployment(Component.GATEWAY)).path("env").toString())
        .contains(
            "{\"name\":\"CHAT_NOTIFICATION_URL\",\"value\":\"http://$(NOTIFICATION_HOST):8085\"}");
    JsonNode incoming = rendered.one("NetworkPolicy", SERVICE.module()).at("/spec/ingress/0/from");
    assertThat(incoming).hasSize(1);
    assertThat(incoming.toString()).contains("\"gateway\"");
    assertThat(
            rendered
                .one("NetworkPolicy", "gateway-to-notification-service")
                .path("spec")
                .toString())
        .contains("\"notification-service\"", "8085");
  }

  @Test
  void itCallsTheOwnersOfMembershipAndPresence() {
    assertThat(container(deployment).path("env").toString())
        .contains("http://$(CONVERSATION_HOST):8081", "http://$(PRESENCE_HOST):8083");
    String outgoing =
        rendered.one("NetworkPolicy", "notification-service-to-services").path("spec").toString();
    String incoming =
        rendered.one("NetworkPolicy", "services-from-notification-service").path("spec").toString();
    for (String service : List.of("conversation-service", "presence-service")) {
      assertThat(outgoing).contains("\"" + service + "\"");
      assertThat(incoming).contains("\"" + service + "\"");
    }
    assertThat(outgoing).contains("8081", "8083").doesNotContain("8082", "8084");
    assertThat(incoming).contains("\"notification-service\"", "\"http\"");
  }

  @Test
  void theKeysOfWebPushAreOptional() {
    for (Component part : List.of(SERVICE, Component.GATEWAY)) {
      assertThat(each(container(rendered.deployment(part)).path("env")))
          .filteredOn(variable -> variable.path("name").asText().startsWith("CHAT_PUSH_SERVER_"))
          .hasSize(part == SERVICE ? 3 : 1)
          .allMatch(variable -> variable.at("/valueFrom/secretKeyRef/optional").asBoolean());
    }
  }

  @Test
  void theMailServerIsOptionalAndComesFromASecret() {
    assertThat(each(container(deployment).path("env")))
        .filteredOn(variable -> variable.path("name").asText().startsWith("CHAT_MAIL_"))
        .hasSize(5)
        .allMatch(variable ->
            variable.at("/valueFrom/secretKeyRef/name").asText().equals("chat-smtp")
                && variable.at("/valueFrom/secretKeyRef/optional").asBoolean());
    assertThat(container(deployment).path("env").toString())
        .contains("{\"name\":\"CHAT_PUBLIC_URL\",\"valueFrom\":{\"configMapKeyRef\"");
  }

  @Test
  void itReachesPublicAddressesOnly() {
    JsonNode outgoing = rendered.one("NetworkPolicy", SERVICE.module()).at("/spec/egress");
    assertThat(outgoing).hasSize(1);
    assertThat(outgoing.at("/0/ports").toString()).contains("443").doesNotContain("80,");
    assertThat(each(outgoing.at("/0/to")))
        .hasSize(2)
        .allMatch(peer -> peer.at("/ipBlock/except").size() > 1);
    assertThat(outgoing.toString())
        .contains("10.0.0.0/8", "169.254.0.0/16", "192.168.0.0/16", "fc00::/7", "fe80::/10");
  }
}
