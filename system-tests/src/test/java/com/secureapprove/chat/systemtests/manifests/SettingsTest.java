package com.secureapprove.chat.systemtests.manifests;

import static com.secureapprove.chat.systemtests.manifests.Rendered.container;
import static com.secureapprove.chat.systemtests.manifests.Rendered.containers;
import static com.secureapprove.chat.systemtests.manifests.Rendered.each;
import static com.secureapprove.chat.systemtests.manifests.Rendered.names;
import static com.secureapprove.chat.systemtests.manifests.Rendered.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The environment of the pods, and its sources.
class SettingsTest {
  static final List<String> OVERLAYS = Rendered.OVERLAYS;

  /// What the demo's issuers file refers to.
  private static final String CLIENT_SECRET = "CHAT_GATEWAY_CLIENT_SECRET";

  /// What the addresses of components refer to, so that a prefix of their names reaches them.
  private static final Pattern HOST =
      Pattern.compile("(CONVERSATION|MESSAGE|PRESENCE|ATTACHMENT)_HOST");

  private static final List<String> OF_NOTIFICATIONS =
      List.of(
          "notification-service-key",
          "notification-service-database",
          "notification-service-owner",
          "notification-service-redis");

  private static final String OWNERS_PASSWORD = "CHAT_MIGRATION_PASSWORD";

  @TempDir private Path directory;

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void everyVariableIsOneThatTheCodeKnowsAndNoneIsMissing(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component part : Component.all()) {
      KnownVariables variables = KnownVariables.of(part);
      JsonNode deployment = rendered.deployment(part);
      containers(deployment)
          .forEach(container -> {
            Set<String> set = new HashSet<>(names(container.path("env")));
            set.remove(CLIENT_SECRET);
            set.removeIf(HOST.asMatchPredicate());
            assertThat(variables.known()).as(part.module()).containsAll(set);
          });

      Set<String> needed = new TreeSet<>(variables.needed());
      needed.remove(OWNERS_PASSWORD);
      assertThat(names(container(deployment).path("env")))
          .as("%s is told all that it needs", part.module())
          .containsAll(needed)
          .contains("QUARKUS_HTTP_HOST", "QUARKUS_MANAGEMENT_HOST")
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void theMigrationAloneHasTheOwnersPassword(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component part : Component.all()) {
      JsonNode deployment = rendered.deployment(part);
      List<JsonNode> migrations =
          Stream.concat(
                  each(pod(deployment).path("initContainers")),
                  rendered
                      .kind("Job")
                      .filter(job -> Rendered.name(job).startsWith("Job migrate-" + part.module()))
                      .map(Rendered::container))
              .toList();
      if (!part.keepsData()) {
        assertThat(migrations).isEmpty();
        continue;
      }
      JsonNode running = container(deployment);
      assertThat(migrations).hasSize(1);
      JsonNode migration = migrations.getFirst();
      assertThat(migration.path("image")).isEqualTo(running.path("image"));
      assertThat(value(migration, "QUARKUS_INIT_AND_EXIT")).isEqualTo("true");
      assertThat(value(migration, "CHAT_MIGRATE_AT_START")).isEqualTo("true");
      assertThat(secret(migration, OWNERS_PASSWORD)).isEqualTo(part.module() + "-owner password");

      assertThat(value(running, "CHAT_MIGRATE_AT_START")).isEqualTo("false");
      assertThat(running.toString()).doesNotContain(OWNERS_PASSWORD, part.module() + "-owner");
      assertThat(secret(running, "CHAT_DATABASE_PASSWORD"))
          .isEqualTo(part.module() + "-database password");
      assertThat(migration.toString()).doesNotContain(part.module() + "-database");
    }
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void whatIsSecretComesFromASecret(String overlay) throws Exception {
    Rendered.of(overlay)
        .workloads()
        .flatMap(Rendered::containers)
        .flatMap(container -> each(container.path("env")))
        .filter(variable -> variable.path("name").asText().matches(".*(PASSWORD|SECRET|REDIS_URL)"))
        .forEach(variable ->
            assertThat(variable.at("/valueFrom/secretKeyRef").isObject())
                .as(variable.toString())
                .isTrue());
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void thePathsThatThePartsAreToldAreMounted(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component part : Component.all()) {
      JsonNode container = container(rendered.deployment(part));
      List<String> mounts =
          each(container.path("volumeMounts"))
              .map(mount -> mount.path("mountPath").asText() + "/")
              .toList();
      each(container.path("env"))
          .map(variable -> variable.path("value").asText())
          .filter(value -> value.startsWith("/"))
          .forEach(path ->
              assertThat(mounts).as("%s: %s", part.module(), path).anyMatch(path::startsWith));
    }
  }

  @Test
  void secretsShMakesExactlyWhatTheManifestsReferTo() throws Exception {
    new InternalKeys(directory);
    Set<String> demo = made("k8s/secrets.sh", "--demo", directory.toString());
    Files.delete(directory.resolve("notification.jwk"));
    Set<String> withoutOptional = made("k8s/secrets.sh", "--demo", directory.toString());
    Files.writeString(directory.resolve("redis-url"), "redis://redis.example.com:6379");
    Files.writeString(directory.resolve("issuers.properties"), "chat.issuers.acme.tenant=acme\n");
    Set<String> real = made("k8s/secrets.sh", directory.toString());

    assertThat(namesIn(withoutOptional)).isEqualTo(referredTo(Rendered.of("local")));
    assertThat(namesIn(demo)).containsAll(OF_NOTIFICATIONS);
    assertThat(namesIn(real)).isEqualTo(referredTo(Rendered.of("production")));
    assertThat(demo).containsAll(keysReadFrom(Rendered.of("local")));
    assertThat(real).containsAll(keysReadFrom(Rendered.of("production")));
  }

  @ParameterizedTest
  @FieldSource("OVERLAYS")
  void eachComponentHasItsOwnUserOfRedis(String overlay) throws Exception {
    Rendered rendered = Rendered.of(overlay);
    for (Component part : Component.all()) {
      assertThat(secret(container(rendered.deployment(part)), "CHAT_REDIS_URL"))
          .isEqualTo(part.module() + "-redis url");
    }
  }

  @Test
  void secretsShAddsTheUserOfTheComponentToEachAddressOfRedis() throws Exception {
    Programs.needKubectl();
    new InternalKeys(directory);
    Files.writeString(directory.resolve("redis-url"), "rediss://one:6379,rediss://two:6380\n");
    Files.writeString(directory.resolve("issuers.properties"), "chat.issuers.acme.tenant=acme\n");
    Files.writeString(directory.resolve("redis-message.password"), "of-message");
    Files.writeString(directory.resolve("presence.redis-url"), "redis://:shared@old:6379");

    String made = Programs.output("k8s/secrets.sh", directory.toString());

    assertThat(urlOfRedis(made, "message-service"))
        .isEqualTo(
            "rediss://chat-message:of-message@one:6379,rediss://chat-message:of-message@two:6380");
    assertThat(urlOfRedis(made, "presence-service")).isEqualTo("redis://:shared@old:6379");
    assertThat(urlOfRedis(made, "gateway"))
        .matches(
            "rediss://chat-gateway:[\\w-]{43}@one:6379,rediss://chat-gateway:[\\w-]{43}@two:6380");
  }

  private static String urlOfRedis(String made, String module) throws Exception {
    JsonNode secret =
        Yaml.documents(made).stream()
            .filter(object -> object.at("/metadata/name").asText().equals(module + "-redis"))
            .findFirst()
            .orElseThrow();
    byte[] url = Base64.getDecoder().decode(secret.at("/data/url").asText());
    return new String(url, StandardCharsets.UTF_8);
  }

  @Test
  void secretsShRefusesOnePasswordOfRedisForAllComponents() throws Exception {
    new InternalKeys(directory);
    Files.writeString(directory.resolve("redis-url"), "redis://:secret@redis.example.com:6379");
    Files.writeString(directory.resolve("issuers.properties"), "chat.issuers.acme.tenant=acme\n");

    Process process =
        new ProcessBuilder("k8s/secrets.sh", directory.toString())
            .directory(Project.ROOT.toFile())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("redis-url has a password")
        .doesNotContain("secret@");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  /// `kubectl apply` would apply an incomplete list and report success.
  @Test
  void secretsShPrintsNothingIfASourceIsMissing() throws Exception {
    Programs.needKubectl();
    new InternalKeys(directory);
    Files.delete(directory.resolve("attachment.jwk"));

    Process process =
        new ProcessBuilder("k8s/secrets.sh", "--demo", directory.toString())
            .directory(Project.ROOT.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();

    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    assertThat(process.waitFor()).isEqualTo(1);
  }

  /// Each key of what the script prints, after the name of its object.
  private static Set<String> made(String... command) throws Exception {
    Programs.needKubectl();
    return Yaml.documents(Programs.output(command)).stream()
        .flatMap(object ->
            object.path("data").properties().stream()
                .map(entry -> object.at("/metadata/name").asText() + " " + entry.getKey()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> namesIn(Set<String> made) {
    return made.stream()
        .map(key -> key.substring(0, key.indexOf(' ')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> keysReadFrom(Rendered rendered) {
    Set<String> keys =
        rendered
            .workloads()
            .flatMap(workload -> pod(workload).findValues("secretKeyRef").stream())
            .map(
                reference -> reference.path("name").asText() + " " + reference.path("key").asText())
            .collect(Collectors.toCollection(TreeSet::new));
    keys.add("chat-internal-trust trust.json");
    keys.add("gateway-issuers issuers.properties");
    Component.all().forEach(part -> keys.add(part.module() + "-key key.jwk"));
    return keys;
  }

  private static Set<String> referredTo(Rendered rendered) {
    Set<String> names =
        rendered
            .workloads()
            .flatMap(workload ->
                Stream.of("secretKeyRef", "configMapKeyRef", "secret", "configMap")
                    .flatMap(field -> pod(workload).findValues(field).stream()))
            .filter(reference -> !reference.path("optional").asBoolean())
            .map(reference -> reference.path("name").asText(reference.path("secretName").asText()))
            .collect(Collectors.toCollection(TreeSet::new));
    rendered
        .kind("ConfigMap")
        .map(config -> config.at("/metadata/name").asText())
        .forEach(names::remove);
    return names;
  }

  private static String value(JsonNode container, String name) {
    return variable(container, name).path("value").asText();
  }

  private static String secret(JsonNode container, String name) {
    JsonNode reference = variable(container, name).at("/valueFrom/secretKeyRef");
    return reference.path("name").asText() + " " + reference.path("key").asText();
  }

  private static JsonNode variable(JsonNode container, String name) {
    TreeMap<String, JsonNode> variables = new TreeMap<>();
    each(container.path("env")).forEach(v -> variables.put(v.path("name").asText(), v));
    assertThat(variables).containsKey(name);
    return variables.get(name);
  }
}
