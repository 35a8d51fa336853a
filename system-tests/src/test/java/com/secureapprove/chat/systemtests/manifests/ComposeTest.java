package com.secureapprove.chat.systemtests.manifests;

import static com.secureapprove.chat.systemtests.manifests.Rendered.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares the Compose file with the code, the images and the Kubernetes manifests.
class ComposeTest {
  private static final String TEXT = Project.text(Project.ROOT.resolve("docker-compose.yml"));
  private static final JsonNode FILE = Yaml.documents(TEXT).getFirst();
  private static final String S3_TEXT = Project.text(Project.ROOT.resolve("docker-compose.s3.yml"));
  private static final Set<String> PUBLISHED =
      Set.of("gateway", "keycloak", "prometheus", "grafana", "jaeger");

  /// Variables without which an installation works.
  private static final Set<String> OPTIONAL =
      Set.of(
          "CHAT_VERSION",
          "CHAT_DOCKERFILE",
          "CHAT_NOTIFICATION_URL",
          "CHAT_SCANNER_ADDRESS",
          "CHAT_TRACING_ENDPOINT");

  private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)(:[^}]*)?}");

  @Test
  void everyVariableIsOneThatTheCodeKnowsAndNoneIsMissing() {
    for (Component component : Component.withOptional()) {
      KnownVariables variables = KnownVariables.of(component);
      Set<String> set = new TreeSet<>();
      service(component).path("environment").fieldNames().forEachRemaining(set::add);

      assertThat(set).as(component.module()).containsAll(variables.needed());
      assertThat(set)
          .as("%s listens where others reach it", component.module())
          .contains("QUARKUS_HTTP_HOST", "QUARKUS_MANAGEMENT_HOST");
      set.remove("CHAT_GATEWAY_CLIENT_SECRET");
      assertThat(variables.known()).as(component.module()).containsAll(set);
    }
  }

  @Test
  void addressesAndHealthChecksNameThePortsOnWhichThePartsListen() {
    for (Component component : Component.withOptional()) {
      for (Component called : Component.withOptional()) {
        JsonNode address =
            service(component).path("environment").path("CHAT_%s_URL".formatted(called.name()));
        if (!address.isMissingNode()) {
          assertThat(address.asText())
              .isEqualTo(
                  called == Component.NOTIFICATION
                      ? "${CHAT_NOTIFICATION_URL:-}" // empty without the profile
                      : "http://%s:%d".formatted(called.module(), called.port()));
        }
      }
      assertThat(service(component).at("/healthcheck/test").toString())
          .as(component.module())
          .contains("/dev/tcp/127.0.0.1/" + component.managementPort(), "/q/health/ready");
    }
    assertThat(service(Component.GATEWAY).path("ports").toString())
        .isEqualTo("[\"127.0.0.1:%1$d:%1$d\"]".formatted(Component.GATEWAY.port()));
  }

  @Test
  void theImagesAreThoseOfTheManifests() throws Exception {
    for (Component component : Component.withOptional()) {
      JsonNode service = service(component);
      assertThat(service.at("/build/args/MODULE").asText()).isEqualTo(component.module());
      assertThat(service.path("image").asText())
          .isEqualTo(
              "secureapprove-chat/%s:${CHAT_VERSION:-%s}"
                  .formatted(component.module(), Project.version()));
    }
    Rendered local = Rendered.of("local");
    for (String store : List.of("postgres", "redis", "keycloak")) {
      assertThat(FILE.at("/services/" + store + "/image"))
          .as(store)
          .isEqualTo(Rendered.container(local.one("StatefulSet", store)).path("image"));
    }
  }

  @Test
  void theDockerfilesHaveWhatIsBuiltFromThem() {
    String jvm = Project.text(Project.ROOT.resolve("Dockerfile"));
    String executable = Project.text(Project.ROOT.resolve("Dockerfile.native"));
    assertThat(jvm).contains(" AS part\n", " AS local-stack\n", "ARG MODULE");
    assertThat(executable).contains(" AS part\n", "ARG MODULE", "-Dnative");
    for (String dockerfile : List.of(jvm, executable)) {
      String last = dockerfile.substring(dockerfile.lastIndexOf("\nFROM "));
      assertThat(last).contains("USER 10001:10001").doesNotContain("USER root");
      assertThat(dockerfile.lines().filter(line -> line.startsWith("FROM ")))
          .allMatch(line -> line.matches("FROM [^:]+:[^ ]+ AS .+"), "names a version")
          .noneMatch(line -> line.contains(":latest"));
    }
    for (Component component : Component.withOptional()) {
      assertThat(jvm)
          .as("the build makes it")
          .containsPattern("--projects .*" + component.module());
    }
  }

  @Test
  void filesThatAreMountedAreThere() {
    List<Path> missing =
        each(FILE.path("services"))
            .flatMap(service -> each(service.path("volumes")))
            .map(JsonNode::asText)
            .filter(volume -> volume.startsWith("./"))
            .map(volume -> Project.ROOT.resolve(volume.substring(2, volume.indexOf(':'))))
            .filter(path -> !Files.exists(path))
            .toList();

    assertThat(missing).isEmpty();
    assertThat(Files.isExecutable(Project.ROOT.resolve("k8s/base/database/passwords.sh"))).isTrue();
  }

  @Test
  void theExampleNamesEverySecretAndHoldsNone() {
    Set<String> asked =
        VARIABLE
            .matcher(TEXT + S3_TEXT)
            .results()
            .map(variable -> variable.group(1))
            .filter(name -> !OPTIONAL.contains(name))
            .filter(name -> !name.startsWith("CHAT_PUSH_")) // optional, and not random
            .filter(name -> !name.startsWith("CHAT_MAIL_"))
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> given =
        Project.text(Project.ROOT.resolve(".env.example"))
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();

    assertThat(given).allMatch(line -> line.matches("[A-Z_]+="));
    assertThat(given.stream().map(line -> line.replace("=", "")))
        .containsExactlyInAnyOrderElementsOf(asked);
    assertThat((TEXT + S3_TEXT).lines().filter(line -> line.matches(".*(PASSWORD|SECRET): .*")))
        .allMatch(
            line ->
                line.matches(".*: \\$\\{([A-Z_]+:\\?|CHAT_[A-Z_]*(NOTIFICATION|MAIL)_[A-Z_]+:-)}"),
            "comes from the environment, and only that of an optional service may be missing");
  }

  @Test
  void filesInS3ReplaceTheDirectory() {
    JsonNode services = Yaml.documents(S3_TEXT).getFirst().path("services");
    JsonNode environment = services.path(Component.ATTACHMENT.module()).path("environment");
    Set<String> set = new TreeSet<>();
    environment.fieldNames().forEachRemaining(set::add);

    assertThat(KnownVariables.of(Component.ATTACHMENT).known()).containsAll(set);
    assertThat(environment.path("CHAT_ATTACHMENT_DIRECTORY").asText()).isEmpty();
    assertThat(environment.path("CHAT_ATTACHMENT_S3_SECRET_ACCESS_KEY"))
        .isEqualTo(services.at("/s3/environment/MINIO_ROOT_PASSWORD"));
    assertThat(services.path("s3").has("ports")).isFalse();
  }

  @Test
  void theScannerRunsOnlyWithItsProfile() {
    assertThat(FILE.at("/services/clamd/profiles/0").asText()).isEqualTo("scanner");
    assertThat(service(Component.ATTACHMENT).at("/environment/CHAT_SCANNER_ADDRESS").asText())
        .as("empty without the profile")
        .isEqualTo("${CHAT_SCANNER_ADDRESS:-}");
  }

  @Test
  void theCollectorRunsOnlyWithItsProfileAndListensWhereTheComponentsExport() {
    assertThat(FILE.at("/services/collector/profiles/0").asText()).isEqualTo("tracing");
    assertThat(FILE.at("/services/jaeger/profiles/0").asText()).isEqualTo("tracing");
    for (Component component : Component.withOptional()) {
      assertThat(service(component).at("/environment/CHAT_TRACING_ENDPOINT").asText())
          .as("empty without the profile")
          .isEqualTo("${CHAT_TRACING_ENDPOINT:-}");
    }
    JsonNode collector =
        Yaml.documents(Project.text(Project.ROOT.resolve("docs/operations/collector/config.yaml")))
            .getFirst();
    assertThat(TEXT).contains("CHAT_TRACING_ENDPOINT=http://collector:4318");
    assertThat(collector.at("/receivers/otlp/protocols/http/endpoint").asText())
        .isEqualTo("0.0.0.0:4318");
  }

  @Test
  void onlyMigrationsHaveThePasswordOfAnOwner() {
    for (Component component : Component.withOptional()) {
      JsonNode environment = service(component).path("environment");
      assertThat(environment.has("CHAT_MIGRATION_PASSWORD")).as(component.module()).isFalse();
      if (environment.has("CHAT_DATABASE_URL")) {
        assertThat(environment.path("CHAT_MIGRATE_AT_START").asText()).isEqualTo("false");
        JsonNode migration =
            FILE.path("services").path("migrate-" + component.module().replace("-service", ""));
        assertThat(migration.path("environment").has("CHAT_MIGRATION_PASSWORD")).isTrue();
        assertThat(migration.path("environment").has("CHAT_DATABASE_PASSWORD")).isFalse();
        assertThat(migration.path("image")).isEqualTo(service(component).path("image"));
      }
    }
  }

  @Test
  void redisHasTheSameSettingsAndUsersWhereverItRuns() throws Exception {
    String kubernetes =
        Rendered.container(Rendered.of("local").one("StatefulSet", "redis"))
            .path("command")
            .toString();
    String compose = FILE.at("/services/redis/command").toString();
    for (String command : List.of(compose, kubernetes)) {
      assertThat(command).contains("sh /etc/redis/configuration.sh /etc/redis/users.acl");
    }
    assertThat(Project.text(Project.ROOT.resolve("k8s/base/redis/configuration.sh")))
        .contains("appendonly yes", "maxmemory-policy noeviction", "requirepass");
  }

  @Test
  void onlyTheGatewayAndTheIssuerArePublishedAndOnLoopbackAlone() {
    FILE.path("services")
        .properties()
        .forEach(service -> {
          Stream<JsonNode> ports = each(service.getValue().path("ports"));
          if (PUBLISHED.contains(service.getKey())) {
            assertThat(ports).isNotEmpty().allMatch(p -> p.asText().startsWith("127.0.0.1:"));
          } else {
            assertThat(ports).as(service.getKey()).isEmpty();
          }
        });
  }

  @Test
  void dockerAcceptsTheFile(@TempDir Path directory) throws Exception {
    Programs.need("docker", "compose", "version");
    Path environment = directory.resolve("env");
    Files.writeString(
        environment,
        Project.text(Project.ROOT.resolve(".env.example")).replaceAll("(?m)=$", "=value"));

    Programs.output("docker", "compose", "--env-file", environment.toString(), "config", "--quiet");
  }

  private static JsonNode service(Component component) {
    JsonNode service = FILE.path("services").path(component.module());
    assertThat(service.isObject()).as(component.module()).isTrue();
    return service;
  }
}
