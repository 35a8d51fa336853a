package com.secureapprove.chat.systemtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.systemtests.cluster.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a platform team tries with the manifests, on a real API server.
@ExtendWith(RunningCluster.class)
class ManifestsIT {

  private static final List<String> FIVE =
      List.of(
          "attachment-service",
          "conversation-service",
          "gateway",
          "message-service",
          "presence-service");

  private final ControlPlane plane;

  @TempDir private Path directory;

  ManifestsIT(ControlPlane plane) {
    this.plane = plane;
  }

  static Stream<Arguments> installations() {
    return Stream.of(
        Arguments.of("overlay-local", "resources:\n  - k8s/overlays/local\n"),
        Arguments.of("overlay-staging", "resources:\n  - k8s/overlays/staging\n"),
        Arguments.of("overlay-production", "resources:\n  - k8s/overlays/production\n"),
        Arguments.of("base", Workspace.base()),
        Arguments.of(
            "with-volume",
            Workspace.base(
                "files-volume",
                "user-ids",
                "cpu-limits",
                "gateway-api",
                "monitoring",
                "nodelocaldns",
                "private-ca",
                "connections-autoscaling")),
        Arguments.of("with-s3", Workspace.base("s3", "ingress", "small")),
        Arguments.of(
            "with-notifications",
            Workspace.base(
                "files-volume", "notifications", "external-secrets-notifications", "private-ca")),
        Arguments.of(
            "with-operators",
            Workspace.base(
                "files-volume",
                "ingress",
                "cert-manager",
                "cloudnative-pg",
                "external-secrets",
                "scanner",
                "keda",
                "migration-jobs")),
        Arguments.of(
            "prefixed",
            Workspace.base("gateway-api")
                + "namePrefix: blue-\n"
                + "labels: [{includeSelectors: true, pairs: {app.kubernetes.io/part-of: other}}]\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("installations")
  void anInstallationAppliesWithoutDifferenceWarningOrConflict(String name, String overlay)
      throws Exception {
    Workspace workspace = Workspace.create(directory, plane, name);
    String path = workspace.overlay("tested", overlay);

    boolean ownsVolume = overlay.contains("local") || overlay.contains("files-volume");
    boolean keepsVolume = !ownsVolume && !overlay.contains("s3");
    if (keepsVolume) {
      workspace
          .kubectl("apply", "--filename", "k8s/components/files-volume/files.yaml")
          .expectSuccess();
    }

    Result applied = workspace.kubectl("apply", "--kustomize", path).expectSuccess();
    assertThat(applied.errors()).isEmpty();
    workspace.kubectl("diff", "--kustomize", path).expectSuccess();
    workspace.awaitDeployments();
    workspace.kubectl("diff", "--kustomize", path).expectSuccess();
    workspace.kubectl("apply", "--server-side", "--kustomize", path).expectSuccess();
    workspace.kubectl("diff", "--server-side", "--kustomize", path).expectSuccess();
    assertThat(
            names(
                workspace,
                "endpointslices",
                "{.items[?(@.endpoints[0])].metadata.labels" + ".kubernetes\\.io/service-name}"))
        .as("every Service selects ready pods")
        .hasSizeGreaterThanOrEqualTo(FIVE.size());

    workspace.kubectl("delete", "--kustomize", path, "--timeout=90s").expectSuccess();
    assertThat(names(workspace, "namespace/" + name, "{.status.phase}")).containsExactly("Active");
    if (keepsVolume) {
      assertThat(names(workspace, "persistentvolumeclaims", "{.items[*].metadata.name}"))
          .containsExactly("attachment-files");
    }
    workspace.delete();
  }

  @Test
  void aQuotaOnLimitsAndEphemeralStorageAdmitsEveryPod() throws Exception {
    Workspace workspace = Workspace.create(directory, plane, "quota");
    workspace
        .kubectl(
            "create",
            "quota",
            "everything",
            "--hard=requests.cpu=20,requests.memory=40Gi,limits.cpu=60,limits.memory=60Gi,"
                + "requests.ephemeral-storage=50Gi,limits.ephemeral-storage=50Gi,pods=60")
        .expectSuccess();

    assertRuns(workspace, Workspace.base("files-volume", "user-ids", "cpu-limits"));
    workspace.delete();
  }

  @Test
  void aLimitRangeWithSmallDefaultsAdmitsEveryPod() throws Exception {
    Workspace workspace = Workspace.create(directory, plane, "small-defaults");
    limitRange(workspace, "default: {cpu: 250m}\n        defaultRequest: {cpu: 100m}");

    assertRuns(workspace, Workspace.base("files-volume", "cpu-limits"));
    workspace.delete();
  }

  @Test
  void aLimitRangeWithASmallMaximumAdmitsEveryPod() throws Exception {
    Workspace workspace = Workspace.create(directory, plane, "small-maximum");
    limitRange(workspace, "max: {cpu: 250m}");

    assertRuns(workspace, Workspace.base("files-volume", "small"));
    workspace.delete();
  }

  /// A team that has the role `admin` in one namespace, and may create routes there.
  @Test
  void aTeamWithOneNamespaceCanInstallAndUninstall() throws Exception {
    Workspace workspace = Workspace.create(directory, plane, "team");
    workspace
        .kubectl("create", "rolebinding", "team", "--clusterrole=admin", "--user=developer")
        .expectSuccess();
    workspace
        .kubectl(
            "create",
            "role",
            "routes",
            "--verb=*",
            "--resource=httproutes.gateway.networking.k8s.io")
        .expectSuccess();
    workspace
        .kubectl("create", "rolebinding", "routes", "--role=routes", "--user=developer")
        .expectSuccess();
    String path = workspace.overlay("tested", "resources:\n  - k8s/overlays/production\n");

    workspace.kubectl("--as=developer", "apply", "--kustomize", path).expectSuccess();
    workspace.kubectl("--as=developer", "delete", "--kustomize", path).expectSuccess();
    workspace.delete();
  }

  @Test
  void theDemoCanBeAppliedAgainWithOtherImages() throws Exception {
    Workspace workspace = Workspace.create(directory, plane, "demo");
    String local = "resources:\n  - k8s/overlays/local\n";
    String path = workspace.overlay("tested", local);
    workspace.kubectl("apply", "--kustomize", path).expectSuccess();

    workspace.overlay(
        "tested", local + "images: [{name: secureapprove-chat/local-stack, newTag: '2'}]\n");
    workspace.kubectl("apply", "--kustomize", path).expectSuccess();
    workspace.awaitDeployments();
    workspace.delete();
  }

  @Test
  void aReleaseMigratesOnceAndAScaleOutDoesNot() throws Exception {
    Workspace workspace = Workspace.create(directory, plane, "migrations");
    String path =
        workspace.overlay(
            "tested", Workspace.base("files-volume", "user-ids", "cpu-limits", "migration-jobs"));
    workspace.kubectl("apply", "--kustomize", path).expectSuccess();
    workspace
        .kubectl("wait", "--for=condition=complete", "job", "--all", "--timeout=90s")
        .expectSuccess();
    awaitTwoPods(workspace);
    List<String> migrations = migrations(workspace);
    assertThat(migrations).hasSize(FIVE.size() - 1);

    // The same release again, and more pods.
    workspace.kubectl("apply", "--kustomize", path).expectSuccess();
    workspace
        .kubectl(
            "patch",
            "horizontalpodautoscaler",
            "message-service",
            "--patch",
            "{\"spec\": {\"minReplicas\": 4}}")
        .expectSuccess();
    workspace
        .kubectl(
            "wait",
            "--for=jsonpath={.status.readyReplicas}=4",
            "deployment/message-service",
            "--timeout=90s")
        .expectSuccess();
    assertThat(migrations(workspace)).isEqualTo(migrations);
    assertThat(names(workspace, "pods", "{.items[*].spec.initContainers[*].name}")).isEmpty();
    workspace.delete();
  }

  @Test
  void admissionPoliciesStopUnsafePods() throws Exception {
    Workspace workspace = Workspace.create(directory, plane, "admission");
    workspace
        .kubectl("label", "namespace", "admission", "secureapprove.chat/admission=enforced")
        .expectSuccess();
    String digests =
        FIVE.stream()
            .map(name ->
                "  - {name: secureapprove-chat/%s, digest: 'sha256:%s'}\n"
                    .formatted(name, "0".repeat(64)))
            .reduce("images:\n", String::concat);
    String path =
        workspace.overlay(
            "tested",
            Workspace.base("files-volume", "user-ids", "admission", "migration-jobs") + digests);
    Result applied = workspace.kubectl("apply", "--kustomize", path).expectSuccess();
    assertThat(applied.errors()).isEmpty();
    workspace.kubectl("diff", "--kustomize", path).expectSuccess();
    awaitTwoPods(workspace);

    String tag = "secureapprove-chat/gateway:1";
    String digest = "secureapprove-chat/gateway@sha256:" + "0".repeat(64);
    // A policy takes effect some time after its creation.
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(admit(workspace, tag, "").errors()).contains("must have a digest"));
    assertThat(admit(workspace, digest, "{name: CHAT_DEMO, value: 'true'}").errors())
        .contains("are for trials");
    assertThat(
            admit(
                    workspace,
                    digest,
                    "{name: CHAT_MIGRATION_PASSWORD, valueFrom: {secretKeyRef: {name: a, key: b}}}")
                .errors())
        .contains("Only the container that migrates");
    assertThat(admit(workspace, digest, "{name: CHAT_SESSION_SECRET, value: x}").errors())
        .contains("must come from a Secret");
    admit(workspace, digest, "{name: CHAT_PUBLIC_URL, value: 'https://x'}").expectSuccess();

    workspace.kubectl("delete", "--kustomize", path, "--timeout=90s").expectSuccess();
    workspace.delete();
  }

  /// Asks the API server whether it would accept a pod with this image and variable.
  private static Result admit(Workspace workspace, String image, String variable) throws Exception {
    Path file =
        Files.writeString(
            workspace.root().resolve("pod.yaml"),
            """
            apiVersion: v1
            kind: Pod
            metadata: { name: pod, labels: { secureapprove.chat/component: gateway } }
            spec:
              containers:
                - name: part
                  image: "%s"
                  env: [%s]
                  securityContext:
                    allowPrivilegeEscalation: false
                    capabilities: { drop: [ALL] }
                    runAsNonRoot: true
                    seccompProfile: { type: RuntimeDefault }
            """
                .formatted(image, variable));
    return workspace.kubectl("create", "--dry-run=server", "--filename", file.toString());
  }

  private static List<String> migrations(Workspace workspace) throws Exception {
    return names(
        workspace,
        "pods",
        "{.items[?(@.metadata.labels.secureapprove\\.chat/component=='migration')].metadata.name}");
  }

  @Test
  void anUpgradeNeverHasFewerThanTwoReadyPods() throws Exception {
    Workspace workspace = Workspace.create(directory, plane, "upgrade");
    String base = Workspace.base("files-volume");
    String path = workspace.overlay("tested", base);
    workspace.kubectl("apply", "--kustomize", path).expectSuccess();
    awaitTwoPods(workspace);

    workspace.overlay(
        "tested", base + "images: [{name: secureapprove-chat/gateway, newTag: '2'}]\n");
    workspace.kubectl("apply", "--kustomize", path).expectSuccess();
    String status;
    do {
      status =
          workspace
              .kubectl(
                  "get",
                  "deployment",
                  "gateway",
                  "--output=jsonpath={.status.readyReplicas}/{.status.updatedReplicas}/{.status"
                      + ".replicas}/{.status.observedGeneration}/{.metadata.generation}")
              .expectSuccess()
              .output();
      assertThat(Integer.parseInt(status.substring(0, status.indexOf('/'))))
          .as(status)
          .isGreaterThanOrEqualTo(2);
    } while (!status.matches("2/2/2/(\\d+)/\\1"));

    workspace.kubectl("rollout", "undo", "deployment/gateway").expectSuccess();
    workspace.kubectl("rollout", "status", "deployment/gateway", "--timeout=90s").expectSuccess();
    workspace.delete();
  }

  @Test
  void aDrainOfANodeEvictsOnePodAtATime() throws Exception {
    Workspace workspace = Workspace.create(directory, plane, "drain");
    String path = workspace.overlay("tested", Workspace.base("files-volume"));
    workspace.kubectl("apply", "--kustomize", path).expectSuccess();
    awaitTwoPods(workspace);

    Result drained =
        workspace.kubectl(
            "drain", "node-1", "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=90s");
    workspace.kubectl("uncordon", "node-1").expectSuccess();
    drained.expectSuccess();
    awaitTwoPods(workspace);
    workspace.delete();
  }

  private static void limitRange(Workspace workspace, String limits) throws Exception {
    Path file = workspace.root().resolve("limits.yaml");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: LimitRange
        metadata: { name: limits }
        spec:
          limits:
            - type: Container
              %s
        """
            .formatted(limits.replace("\n        ", "\n      ")));
    workspace.kubectl("apply", "--filename", file.toString()).expectSuccess();
  }

  private static void assertRuns(Workspace workspace, String overlay) throws Exception {
    String path = workspace.overlay("tested", overlay);
    workspace.kubectl("apply", "--kustomize", path).expectSuccess();
    awaitTwoPods(workspace);
    assertThat(names(workspace, "events", "{.items[?(@.reason=='FailedCreate')].message}"))
        .isEmpty();
  }

  private static void awaitTwoPods(Workspace workspace) throws Exception {
    for (String name : FIVE) {
      workspace
          .kubectl(
              "wait",
              "--for=jsonpath={.status.readyReplicas}=2",
              "deployment/" + name,
              "--timeout=90s")
          .expectSuccess();
    }
  }

  private static List<String> names(Workspace workspace, String what, String path)
      throws Exception {
    String output =
        workspace.kubectl("get", what, "--output=jsonpath=" + path).expectSuccess().output();
    return Arrays.stream(output.split("\\s+")).filter(name -> !name.isEmpty()).sorted().toList();
  }
}
