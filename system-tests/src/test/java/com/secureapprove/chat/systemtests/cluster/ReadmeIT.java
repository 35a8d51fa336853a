package com.secureapprove.chat.systemtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The commands of `k8s/README.md`, word for word and in their order, from nothing to ready pods.
///
/// A stub replaces `docker`: it builds nothing and runs the program of the image. Databases, which
/// no pod reaches here, and port forwarding are left out.
@ExtendWith(RunningCluster.class)
class ReadmeIT {

  private static final String NAMESPACE = "secureapprove-chat";
  private static final Path PROJECT = Path.of(System.getProperty("chat.project.root"));
  private static final Pattern BLOCK =
      Pattern.compile("^( *)```\\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final String DEFINITIONS_OF_THE_GATEWAY_API =
      "https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.3.0/standard-install.yaml";

  private final ControlPlane plane;
  private final String readme;

  @TempDir private Path checkout;

  ReadmeIT(ControlPlane plane) throws Exception {
    this.plane = plane;
    this.readme = Files.readString(PROJECT.resolve("k8s/README.md"));
  }

  @BeforeEach
  void prepare() throws Exception {
    Workspace.copy(checkout);
    Path docker =
        Files.writeString(
            plane.stubs().resolve("docker"),
            """
            #!/bin/sh
            [ "$1" = run ] || exit 0
            for argument in "$@"; do
              case $argument in
                *:/keys) directory=${argument%%:/keys} ;;
                --demo) demo=--demo ;;
              esac
            done
            exec '%s/bin/java' -jar '%s' keys ${demo:-} "$directory"
            """
                .formatted(
                    System.getProperty("java.home"),
                    PROJECT.resolve("local-stack/target/local-stack.jar")));
    Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void theEvaluationLeadsFromNothingToReadyPods() throws Exception {
    List<String> steps =
        commands("## Evaluation").stream().filter(step -> !step.contains("port-forward")).toList();
    assertThat(steps).hasSize(4);

    steps.forEach(this::runStep);

    assertEverySecretOfThePodsExists();
    deleteNamespace();
  }

  @Test
  void theStepsOfProductionLeadFromNothingToReadyPods() throws Exception {
    Path secrets = Files.createDirectories(checkout.resolve("secrets"));
    String section = section("## Production");
    List<String> blocks = commands("## Production");
    String issuers =
        blocks.stream().filter(block -> block.contains("chat.issuers.")).findFirst().orElseThrow();
    Files.writeString(secrets.resolve("issuers.properties"), issuers);
    Files.writeString(secrets.resolve("redis-url"), "rediss://redis.example.com:6379");
    Files.writeString(secrets.resolve("s3-access-key-id"), "id");
    Files.writeString(secrets.resolve("s3-secret-access-key"), "key");
    String keys =
        commands("## Evaluation").stream()
            .filter(step -> step.contains(" keys "))
            .findFirst()
            .orElseThrow();

    runStep("kubectl apply --filename k8s/components/namespace/namespace.yaml");
    assertThat(section)
        .contains("`kubectl apply --filename k8s/components/namespace/namespace.yaml`");
    blocks.stream().filter(block -> block.contains("standard-install")).forEach(this::runStep);
    runStep(keys.replace(".chat/kubernetes", "secrets"));
    blocks.stream().filter(block -> block.contains("k8s/secrets.sh")).forEach(this::runStep);
    String volume =
        "kubectl apply --namespace secureapprove-chat --filename"
            + " k8s/components/files-volume/files.yaml";
    assertThat(section).contains("`" + volume + "`");
    runStep(volume);
    blocks.stream().filter(block -> block.contains("OVERLAY")).forEach(this::runStep);

    assertEverySecretOfThePodsExists();
    assertThat(section).contains("`kubectl delete --kustomize OVERLAY`");
    runStep("kubectl delete --kustomize OVERLAY");
    String kept = output("get secrets,persistentvolumeclaims --output=name");
    assertThat(kept)
        .contains("secret/gateway-key", "persistentvolumeclaim/attachment-files", "secret/chat-s3");
    deleteNamespace();
  }

  private void runStep(String step) {
    String script =
        step.replace("k8s/secrets.sh DIRECTORY", "k8s/secrets.sh secrets")
            .replace("OVERLAY", "k8s/overlays/production")
            .replace(DEFINITIONS_OF_THE_GATEWAY_API, definitions());
    try {
      plane.shell(checkout).run("sh", "-euc", script).expectSuccess();
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new AssertionError(step, problem);
    } catch (Exception | AssertionError problem) {
      throw new AssertionError(step, problem);
    }
  }

  private static String definitions() {
    return Path.of(System.getProperty("chat.cluster"), "definitions").toString();
  }

  /// A pod of a real cluster waits for each of them.
  private void assertEverySecretOfThePodsExists() throws Exception {
    String pods = output("get pods --output=yaml");
    String existing = output("get secrets,configmaps,persistentvolumeclaims --output=name");
    List<String> wanted = new ArrayList<>();
    Pattern.compile("(optional: true\\n +)?secretName: (\\S+)")
        .matcher(pods)
        .results()
        .filter(found -> found.group(1) == null)
        .forEach(found -> wanted.add("secret/" + found.group(2)));
    Pattern.compile("secretKeyRef:\\n +key: \\S+\\n +name: (\\S+)")
        .matcher(pods)
        .results()
        .forEach(found -> wanted.add("secret/" + found.group(1)));
    Pattern.compile("configMapKeyRef:\\n +key: \\S+\\n +name: (\\S+)")
        .matcher(pods)
        .results()
        .forEach(found -> wanted.add("configmap/" + found.group(1)));
    Pattern.compile("claimName: (\\S+)")
        .matcher(pods)
        .results()
        .forEach(found -> wanted.add("persistentvolumeclaim/" + found.group(1)));
    assertThat(wanted).contains("secret/gateway-session", "secret/gateway-redis").isNotEmpty();
    assertThat(existing.lines().toList()).containsAll(wanted);
  }

  private String output(String arguments) throws Exception {
    return plane
        .shell(checkout)
        .run("sh", "-euc", "kubectl --namespace " + NAMESPACE + " " + arguments)
        .expectSuccess()
        .output();
  }

  private void deleteNamespace() throws Exception {
    output("delete namespace " + NAMESPACE + " --timeout=90s");
  }

  private String section(String heading) {
    int start = readme.indexOf(heading + "\n");
    assertThat(start).as(heading).isNotNegative();
    int end = readme.indexOf("\n## ", start + 1);
    return readme.substring(start, end < 0 ? readme.length() : end);
  }

  /// The code blocks of a section, without their indentation.
  private List<String> commands(String heading) {
    return BLOCK
        .matcher(section(heading))
        .results()
        .map(block -> block.group(2).replaceAll("(?m)^" + block.group(1), ""))
        .toList();
  }
}
