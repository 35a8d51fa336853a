package com.secureapprove.chat.systemtests.manifests;

import static com.secureapprove.chat.systemtests.manifests.Rendered.container;
import static com.secureapprove.chat.systemtests.manifests.Rendered.containers;
import static com.secureapprove.chat.systemtests.manifests.Rendered.each;
import static com.secureapprove.chat.systemtests.manifests.Rendered.names;
import static com.secureapprove.chat.systemtests.manifests.Rendered.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.io.IOException;
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

/// The components of the manifests that an installation may add.
class ComponentsTest {
  /// Lines that state a default of the API and need not. Inside lists that are applied as a whole,
  /// such as the rules of a policy, defaults must be stated: server-side apply conflicts with
  /// client-side apply where the stored list differs. `./chat cluster-test` finds those.
  private static final Pattern DEFAULTED =
      Pattern.compile(
          "imagePullPolicy: IfNotPresent|type: RollingUpdate|type: ClusterIP"
              + "|successThreshold: 1|restartPolicy: Always|egress: \\[]"
              + "|ingress: \\[]|scheme: HTTP$|dnsPolicy: ClusterFirst");

  @TempDir private Path directory;

  @Test
  void theBaseDeletesNeitherNamespaceNorFiles() throws Exception {
    Rendered base = Rendered.with(directory, "");

    assertThat(base.objects())
        .extracting(object -> object.path("kind").asText())
        .doesNotContain("Namespace", "PersistentVolumeClaim", "Secret");
  }

  @Test
  void theNamespaceEnforcesTheRestrictedStandard() throws Exception {
    JsonNode namespace =
        Rendered.with(directory, "", "namespace").one("Namespace", "secureapprove-chat");

    assertThat(namespace.at("/metadata/labels/pod-security.kubernetes.io~1enforce").asText())
        .isEqualTo("restricted");
  }

  @Test
  void noManifestStatesADefaultOfTheApi() throws IOException {
    try (Stream<Path> files = Files.walk(Project.ROOT.resolve("k8s"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
          .allSatisfy(file ->
              assertThat(Project.text(file).lines())
                  .as(file.toString())
                  .noneMatch(line -> DEFAULTED.matcher(line.strip()).find()));
    }
  }

  /// OpenShift assigns the ids of a namespace and refuses others.
  @Test
  void userIdsAreFixedOnlyByTheirComponent() throws Exception {
    Rendered base = Rendered.with(directory, "");
    assertThat(base.workloads())
        .allSatisfy(workload ->
            assertThat(pod(workload).path("securityContext").toString())
                .contains("runAsNonRoot")
                .doesNotContain("runAsUser", "runAsGroup", "fsGroup"));

    Rendered fixed = Rendered.with(directory, "", "user-ids");
    assertThat(fixed.workloads())
        .hasSize(Component.all().size())
        .allSatisfy(workload ->
            assertThat(pod(workload).at("/securityContext/fsGroup").asInt()).isEqualTo(10001));
  }

  @Test
  void cpuLimitsReachEveryContainer() throws Exception {
    assertThat(Rendered.with(directory, "", "cpu-limits").workloads().flatMap(Rendered::containers))
        .hasSize(9)
        .allSatisfy(
            container -> assertThat(container.at("/resources/limits/cpu").asText()).isNotEmpty());
  }

  @Test
  void filesInS3NeedNoVolume() throws Exception {
    JsonNode deployment = Rendered.with(directory, "", "s3").deployment(Component.ATTACHMENT);
    List<String> variables = names(container(deployment).path("env"));

    assertThat(pod(deployment).path("volumes").toString()).doesNotContain("persistentVolumeClaim");
    assertThat(container(deployment).path("volumeMounts").toString()).doesNotContain("files");
    assertThat(variables)
        .contains("CHAT_ATTACHMENT_S3_BUCKET")
        .doesNotContain("CHAT_ATTACHMENT_DIRECTORY");
    Set<String> known = KnownVariables.of(Component.ATTACHMENT).known();
    assertThat(variables.stream().filter(name -> name.startsWith("CHAT_")))
        .allMatch(known::contains);
  }

  @Test
  void attachmentServiceAloneReachesTheScanner() throws Exception {
    Rendered rendered = Rendered.with(directory, "", "scanner");
    String address = value(rendered.deployment(Component.ATTACHMENT), "CHAT_SCANNER_ADDRESS");
    JsonNode policy = rendered.one("NetworkPolicy", "attachment-service-to-scanner");

    assertThat(KnownVariables.of(Component.ATTACHMENT).known()).contains("CHAT_SCANNER_ADDRESS");
    assertThat(policy.at("/spec/podSelector/matchExpressions/0/values"))
        .extracting(JsonNode::asText)
        .containsExactly(Component.ATTACHMENT.module());
    assertThat(address).endsWith(":" + policy.at("/spec/egress/0/ports/0/port").asText());
    assertThat(policy.at("/spec/egress/0/to/0").toString())
        .contains("namespaceSelector", "podSelector", address.split("[.:]")[1]);
  }

  @Test
  void everyComponentReachesTheCollectorAndNothingElseOfItsNamespace() throws Exception {
    Rendered rendered = Rendered.with(directory, "", "notifications", "tracing");
    JsonNode policy = rendered.one("NetworkPolicy", "parts-to-collector");

    for (Component component : Component.withOptional()) {
      JsonNode deployment = rendered.deployment(component);
      String endpoint = value(deployment, "CHAT_TRACING_ENDPOINT");
      assertThat(KnownVariables.of(component).known())
          .contains("CHAT_TRACING_ENDPOINT", "CHAT_TRACING_RATIO");
      assertThat(endpoint).endsWith(":" + policy.at("/spec/egress/0/ports/0/port").asText());
      assertThat(policy.at("/spec/egress/0/to/0").toString())
          .contains("namespaceSelector", "podSelector", endpoint.split("[.:]")[2]);
    }
    assertThat(policy.at("/spec/podSelector/matchExpressions/0/operator").asText())
        .isEqualTo("Exists");
  }

  @Test
  void theSecretStoreHasEverySecretOfThePods() throws Exception {
    Rendered rendered =
        Rendered.with(
            directory, "", "notifications", "external-secrets", "external-secrets-notifications");
    Set<String> made = new TreeSet<>();
    rendered
        .kind("ExternalSecret")
        .forEach(secret ->
            each(secret.at("/spec/data"))
                .forEach(data ->
                    made.add(
                        secret.at("/spec/target/name").asText()
                            + "/"
                            + data.path("secretKey").asText())));
    Set<String> names = made.stream().map(key -> key.split("/")[0]).collect(Collectors.toSet());
    rendered
        .workloads()
        .forEach(workload -> {
          containers(workload)
              .flatMap(container -> each(container.path("env")))
              .map(variable -> variable.at("/valueFrom/secretKeyRef"))
              .filter(JsonNode::isObject)
              .filter(reference -> !reference.path("optional").asBoolean())
              .forEach(reference ->
                  assertThat(made)
                      .contains(
                          reference.path("name").asText() + "/" + reference.path("key").asText()));
          each(pod(workload).path("volumes"))
              .map(volume -> volume.at("/secret/secretName"))
              .filter(JsonNode::isTextual)
              .forEach(name -> assertThat(names).contains(name.asText()));
        });
  }

  @Test
  void aPrivateAuthorityIsTrustedByEveryContainer() throws Exception {
    Rendered rendered = Rendered.with(directory, "", "private-ca");
    for (Component part : Component.all()) {
      JsonNode deployment = rendered.deployment(part);
      assertThat(containers(deployment))
          .as(part.module())
          .allSatisfy(container -> {
            assertThat(names(container.path("env"))).contains("JAVA_TOOL_OPTIONS");
            assertThat(container.path("args").toString()).contains("truststore.p12");
            assertThat(names(container.path("volumeMounts"))).contains("truststore");
          });
      assertThat(names(pod(deployment).path("volumes"))).contains("truststore");
    }
  }

  /// The Jobs copy the init containers with the changes of the components before them.
  @Test
  void jobsMigrateInsteadOfEachPod() throws Exception {
    Rendered rendered =
        Rendered.with(
            directory, "", "namespace", "private-ca", "cpu-limits", "user-ids", "migration-jobs");
    String version = Project.version().toLowerCase(Locale.ROOT).replace('.', '-');
    for (Component part : Component.all()) {
      JsonNode deployment = rendered.deployment(part);
      assertThat(pod(deployment).has("initContainers")).as(part.module()).isFalse();
      assertThat(names(container(deployment).path("env")).contains("CHAT_AWAIT_MIGRATIONS"))
          .as(part.module())
          .isEqualTo(part.keepsData());
      if (part.keepsData()) {
        JsonNode job = rendered.one("Job", "migrate-%s-%s".formatted(part.module(), version));
        JsonNode migration = container(job);
        assertThat(migration.path("image")).isEqualTo(container(deployment).path("image"));
        assertThat(migration.at("/resources/limits/cpu").asText()).isNotEmpty();
        assertThat(names(pod(job).path("volumes")))
            .containsAll(names(migration.path("volumeMounts")))
            .contains("truststore")
            .doesNotContain("key", "files");
        assertThat(pod(job).path("securityContext"))
            .isEqualTo(pod(deployment).path("securityContext"));
      }
      assertThat(rendered.kind("Job"))
          .as("no Service sends requests to a Job")
          .noneMatch(job ->
              job.at("/spec/template/metadata/labels")
                  .path("secureapprove.chat/component")
                  .equals(
                      rendered
                          .one("Service", part.module())
                          .at("/spec/selector")
                          .path("secureapprove.chat/component")));
    }
  }

  /// The Secret of the operator's authority also has its private key.
  @Test
  void servicesVerifyTheCertificateOfTheOperatorsPostgres() throws Exception {
    Rendered rendered = Rendered.with(directory, "", "cloudnative-pg", "migration-jobs");
    String url =
        rendered
            .kind("ConfigMap")
            .map(settings -> settings.at("/data/database-url").asText())
            .findFirst()
            .orElseThrow();
    String cluster =
        rendered.kind("Cluster").findFirst().orElseThrow().at("/metadata/name").asText();

    assertThat(url).contains("//%s-rw:5432/".formatted(cluster), "sslmode=verify-full");
    rendered
        .workloads()
        .filter(workload -> !Rendered.name(workload).equals("Deployment gateway"))
        .forEach(workload -> {
          String mount =
              each(container(workload).path("volumeMounts"))
                  .filter(m -> m.path("name").asText().equals("postgres-authority"))
                  .map(m -> m.path("mountPath").asText())
                  .findFirst()
                  .orElseThrow();
          assertThat(url).contains("sslrootcert=" + mount + "/ca.crt");
          JsonNode secret =
              each(pod(workload).path("volumes"))
                  .filter(volume -> volume.path("name").asText().equals("postgres-authority"))
                  .findFirst()
                  .orElseThrow()
                  .path("secret");
          assertThat(secret.path("secretName").asText()).isEqualTo(cluster + "-ca");
          assertThat(secret.path("items").findValuesAsText("key")).containsExactly("ca.crt");
        });
  }

  /// Envoy ends a request after 15 s by default, which is too short for uploads.
  @Test
  void uploadsAndSocketsHaveNoTimeoutAtTheEntryPoint() throws Exception {
    JsonNode route = Rendered.with(directory, "", "gateway-api").one("HTTPRoute", "gateway");
    List<String> unlimited =
        each(route.at("/spec/rules"))
            .filter(rule -> rule.at("/timeouts/request").asText().equals("0s"))
            .flatMap(rule -> each(rule.path("matches")))
            .map(match -> match.at("/path/value").asText())
            .toList();

    assertThat(unlimited).containsExactlyInAnyOrder("/ws/chat", "/api/chat");
  }

  private static String value(JsonNode workload, String variable) {
    return each(container(workload).path("env"))
        .filter(each -> each.path("name").asText().equals(variable))
        .map(each -> each.path("value").asText())
        .findFirst()
        .orElse("");
  }

  @Test
  void everyObjectNamesItsInstanceAndVersion() throws Exception {
    assertThat(Rendered.with(directory, "").objects())
        .allSatisfy(object -> {
          JsonNode labels = object.at("/metadata/labels");
          assertThat(labels.path("app.kubernetes.io/part-of").asText())
              .as(Rendered.name(object))
              .isEqualTo("secureapprove-chat");
          assertThat(labels.path("app.kubernetes.io/version").asText())
              .isEqualTo(Project.version());
        });
  }
}
