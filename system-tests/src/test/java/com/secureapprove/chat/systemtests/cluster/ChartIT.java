package com.secureapprove.chat.systemtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Helm chart on a real API server, by the real Helm.
@ExtendWith(RunningCluster.class)
class ChartIT {

  private static final List<String> ALL =
      List.of(
          "--set=ingress.enabled=true",
          "--set=gatewayApi.enabled=false",
          "--set=monitoring.enabled=true",
          "--set=nodeLocalDns.enabled=true",
          "--set=privateAuthority.enabled=true",
          "--set=connectionsAutoscaling.enabled=true",
          "--set=userIds.enabled=false",
          "--set=filesVolume.enabled=false",
          "--set=s3.enabled=true",
          "--set=imagePullSecrets[0].name=registry",
          "--set=tolerations[0].operator=Exists",
          "--set=nodeSelector.kubernetes\\.io/os=linux",
          "--set=privateIssuers.peers[0].ipBlock.cidr=10.1.2.3/32",
          "--set=env[0].name=HTTPS_PROXY",
          "--set=env[0].value=http://proxy:3128");

  private final ControlPlane plane;

  @TempDir private Path directory;

  ChartIT(ControlPlane plane) {
    this.plane = plane;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void helmFindsNoFault(boolean everything) throws Exception {
    Workspace.copy(directory);
    List<String> command =
        new ArrayList<>(List.of("helm", "lint", "--strict", "--kube-version=1.33.0", "k8s/chart"));
    command.addAll(everything ? ALL : List.of());

    plane.shell(directory).run(command).expectSuccess();
  }

  @Test
  void theSchemaStopsAWrongValue() throws Exception {
    Workspace.copy(directory);

    assertThat(
            plane
                .shell(directory)
                .run(
                    "helm",
                    "template",
                    "k8s/chart",
                    "--kube-version=1.33.0",
                    "--set=publicURL=https://x")
                .errors())
        .contains("publicURL");
  }

  @Test
  void anInstallationRunsUpgradesAndLeavesTheFiles() throws Exception {
    Workspace workspace = Workspace.create(directory, plane, "chart");

    helm(workspace, "install", "chat", "k8s/chart", "--wait", "--timeout=2m");
    workspace.awaitDeployments();
    helm(
        workspace,
        "upgrade",
        "chat",
        "k8s/chart",
        "--set-string=image.tag=2",
        "--wait",
        "--timeout=2m");
    helm(workspace, "rollback", "chat", "1", "--wait", "--timeout=2m");
    helm(workspace, "uninstall", "chat", "--wait");

    assertThat(
            workspace
                .kubectl("get", "persistentvolumeclaims,deployments", "--output=name")
                .output()
                .strip())
        .isEqualTo("persistentvolumeclaim/attachment-files");
    workspace.delete();
  }

  @Test
  void everyOptionTogetherIsAdmitted() throws Exception {
    Workspace workspace = Workspace.create(directory, plane, "chart-options");
    List<String> arguments = new ArrayList<>(List.of("install", "chat", "k8s/chart"));
    arguments.addAll(ALL);

    helm(workspace, arguments.toArray(String[]::new));
    workspace.kubectl("get", "podmonitor/chat", "ingress/gateway").expectSuccess();
    helm(workspace, "uninstall", "chat", "--wait");
    workspace.delete();
  }

  private static void helm(Workspace workspace, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("helm", "--namespace", workspace.namespace()));
    Collections.addAll(command, arguments);
    assertThat(workspace.shell().run(command).expectSuccess().errors())
        .as("warnings")
        .doesNotContain("Warning", "would violate");
  }
}
