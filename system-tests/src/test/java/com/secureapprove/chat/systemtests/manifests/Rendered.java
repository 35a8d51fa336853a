package com.secureapprove.chat.systemtests.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// An overlay as `kubectl apply` would send it.
record Rendered(String overlay, List<JsonNode> objects) {
  static final List<String> OVERLAYS = List.of("local", "staging", "production");

  private static final Map<String, Rendered> DONE = new ConcurrentHashMap<>();

  static Rendered of(String overlay) throws Exception {
    Programs.needKubectl();
    Rendered done = DONE.get(overlay);
    if (done == null) {
      String text = Programs.output("kubectl", "kustomize", "k8s/overlays/" + overlay);
      done = new Rendered(overlay, Yaml.documents(text));
      DONE.put(overlay, done);
    }
    return done;
  }

  Stream<JsonNode> kind(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
  }

  JsonNode one(String kind, String name) {
    List<JsonNode> found =
        kind(kind).filter(object -> object.at("/metadata/name").asText().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          "%s has %d %s named %s".formatted(overlay, found.size(), kind, name));
    }
    return found.getFirst();
  }

  JsonNode deployment(Component part) {
    return one("Deployment", part.module());
  }

  /// All objects that run pods, including third-party ones.
  Stream<JsonNode> workloads() {
    return Stream.of("Deployment", "StatefulSet", "Job").flatMap(this::kind);
  }

  /// The base with components, in a kustomization of its own, as an installation would write it.
  ///
  /// @param more further lines of the kustomization
  static Rendered with(Path directory, String more, String... components) throws Exception {
    Programs.needKubectl();
    Path k8s = directory.toRealPath().relativize(Project.ROOT.toRealPath().resolve("k8s"));
    StringBuilder text = new StringBuilder("resources:\n  - %s/base\n".formatted(k8s));
    if (components.length > 0) {
      text.append("components:\n");
    }
    for (String component : components) {
      text.append("  - %s/components/%s\n".formatted(k8s, component));
    }
    Files.writeString(directory.resolve("kustomization.yaml"), text.append(more));
    String output = Programs.output("kubectl", "kustomize", directory.toRealPath().toString());
    return new Rendered(String.join("+", components), Yaml.documents(output));
  }

  static JsonNode pod(JsonNode workload) {
    return workload.at("/spec/template/spec");
  }

  static JsonNode container(JsonNode workload) {
    return pod(workload).at("/containers/0");
  }

  static Stream<JsonNode> containers(JsonNode workload) {
    return Stream.concat(
        each(pod(workload).path("initContainers")), each(pod(workload).path("containers")));
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static List<String> names(JsonNode array) {
    return each(array).map(item -> item.path("name").asText()).toList();
  }

  static String name(JsonNode object) {
    return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
  }
}
