package com.secureapprove.chat.systemtests.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// An overlay as `kubectl apply` would send it.
record Rendered(String overlay, List<JsonNode> objects) {
  static final List<String> OVERLAYS = List.of("local", "production");

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

  JsonNode deployment(Component component) {
    return one("Deployment", component.module());
  }

  /// All objects that run pods, including third-party ones.
  Stream<JsonNode> workloads() {
    return Stream.of("Deployment", "StatefulSet", "Job").flatMap(this::kind);
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
