package com.secureapprove.chat.systemtests.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// Three nodes, and volumes that are each used once. Instead of kubelets, one thread marks
/// scheduled pods as running and ready, and pods of Jobs as succeeded, and removes deleted ones.
final class Nodes implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BETWEEN_LOOKS_MILLIS = 300;
  private static final Map<String, String> CAPACITY =
      Map.of("cpu", "32", "memory", "64Gi", "ephemeral-storage", "200Gi", "pods", "110");

  /// The proxy of kubectl takes an upgrade to HTTP/2 for one to a WebSocket.
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI api;
  private volatile boolean ended;

  Nodes(URI api) {
    this.api = api;
  }

  /// Whether the API server answers.
  boolean canReachTheServer() {
    try {
      return send("GET", "/version", Map.of()).has("major");
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  void start() {
    for (int number = 1; number <= 3; number++) {
      node("node-" + number);
    }
    send(
        "POST",
        "/apis/storage.k8s.io/v1/storageclasses",
        Map.of(
            "metadata",
            Map.of(
                "name",
                "standard",
                "annotations",
                Map.of("storageclass.kubernetes.io/is-default-class", "true")),
            "provisioner",
            "kubernetes.io/no-provisioner"));
    for (int number = 1; number <= 60; number++) {
      send(
          "POST",
          "/api/v1/persistentvolumes",
          Map.of(
              "metadata",
              Map.of("name", "volume-" + number),
              "spec",
              Map.of(
                  "storageClassName", "standard",
                  "capacity", Map.of("storage", "20Gi"),
                  "accessModes", List.of("ReadWriteOnce", "ReadWriteMany"),
                  "hostPath", Map.of("path", "/volumes/" + number))));
    }
    Thread.ofPlatform().name("nodes").daemon().start(this::run);
  }

  private void node(String name) {
    send(
        "POST",
        "/api/v1/nodes",
        Map.of(
            "metadata",
            Map.of(
                "name",
                name,
                "labels",
                Map.of(
                    "kubernetes.io/hostname", name,
                    "kubernetes.io/os", "linux",
                    "topology.kubernetes.io/zone", name))));
    // Admission adds the taint of a node that is not ready.
    send("PATCH", "/api/v1/nodes/" + name, Map.of("spec", Map.of("taints", List.of())));
    send(
        "PATCH",
        "/api/v1/nodes/" + name + "/status",
        Map.of(
            "status",
            Map.of("capacity", CAPACITY, "allocatable", CAPACITY, "conditions", List.of(ready()))));
  }

  private void run() {
    while (!ended) {
      try {
        for (JsonNode pod : send("GET", "/api/v1/pods", Map.of()).path("items")) {
          look(pod);
        }
        Thread.sleep(BETWEEN_LOOKS_MILLIS);
      } catch (UncheckedIOException _) {
        // The server stops; the loop ends with it.
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void look(JsonNode pod) {
    String path =
        "/api/v1/namespaces/%s/pods/%s"
            .formatted(pod.at("/metadata/namespace").asText(), pod.at("/metadata/name").asText());
    boolean scheduled = pod.at("/spec/nodeName").isTextual();
    if (pod.at("/metadata").has("deletionTimestamp")) {
      if (scheduled) {
        send("DELETE", path, Map.of("gracePeriodSeconds", 0));
      }
    } else if (scheduled && pod.at("/status/phase").asText().equals("Pending")) {
      boolean ends = pod.at("/metadata/ownerReferences/0/kind").asText().equals("Job");
      send("PATCH", path + "/status", Map.of("status", ends ? succeeded() : running(pod)));
    }
  }

  private static Map<String, Object> succeeded() {
    return Map.of("phase", "Succeeded");
  }

  private static Map<String, Object> running(JsonNode pod) {
    String now = Instant.now().toString();
    List<Map<String, Object>> containers =
        StreamSupport.stream(pod.at("/spec/containers").spliterator(), false)
            .map(container ->
                Map.<String, Object>of(
                    "name",
                    container.path("name").asText(),
                    "image",
                    container.path("image").asText(),
                    "imageID",
                    "",
                    "ready",
                    true,
                    "restartCount",
                    0,
                    "state",
                    Map.of("running", Map.of("startedAt", now))))
            .toList();
    String address = "10.244.0." + (1 + Math.floorMod(pod.at("/metadata/uid").hashCode(), 250));
    return Map.of(
        "phase",
        "Running",
        "podIP",
        address,
        "podIPs",
        List.of(Map.of("ip", address)),
        "startTime",
        now,
        "containerStatuses",
        containers,
        "conditions",
        List.of(
            Map.of("type", "ContainersReady", "status", "True", "lastTransitionTime", now),
            ready()));
  }

  private static Map<String, Object> ready() {
    return Map.of(
        "type", "Ready", "status", "True", "lastTransitionTime", Instant.now().toString());
  }

  private JsonNode send(String method, String path, Map<String, ?> body) {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(path));
      if (method.equals("GET")) {
        request.GET();
      } else {
        String type =
            method.equals("PATCH")
                ? (path.endsWith("/status")
                    ? "application/strategic-merge-patch+json"
                    : "application/merge-patch+json")
                : "application/json";
        request
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
      }
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      // A pod may be deleted or changed between the list and this request.
      boolean concurrent = response.statusCode() == 404 || response.statusCode() == 409;
      if (response.statusCode() / 100 != 2 && !concurrent) {
        throw new IllegalStateException(method + " " + path + ": " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(problem);
    }
  }

  @Override
  public void close() {
    ended = true;
    http.shutdownNow();
  }
}
