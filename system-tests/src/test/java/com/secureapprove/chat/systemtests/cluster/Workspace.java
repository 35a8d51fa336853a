package com.secureapprove.chat.systemtests.cluster;

import com.secureapprove.chat.systemtests.cluster.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/// A copy of the manifests, in which a test writes overlays as an operator would, and applies them
/// to one namespace.
///
/// @param root the copy of the checkout
/// @param namespace a namespace of the test
record Workspace(Path root, Shell shell, String namespace) {

  private static final Path PROJECT = Path.of(System.getProperty("chat.project.root"));

  /// Copies what the manifests need, and creates the namespace with the restricted standard.
  static Workspace create(Path root, ControlPlane plane, String namespace) throws Exception {
    copy(root);
    Workspace workspace = new Workspace(root, plane.shell(root), namespace);
    workspace.kubectl("create", "namespace", namespace).expectSuccess();
    workspace
        .kubectl(
            "label",
            "namespace",
            namespace,
            "pod-security.kubernetes.io/enforce=restricted",
            "pod-security.kubernetes.io/warn=restricted")
        .expectSuccess();
    return workspace;
  }

  /// Copies what the manifests need.
  static void copy(Path root) throws IOException {
    for (String directory : List.of("k8s", "local-stack/src/main/resources/keycloak")) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(directory))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Path target = root.resolve(PROJECT.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(target);
          } else {
            Files.copy(file, target);
          }
        }
      }
    }
  }

  /// Runs kubectl in the namespace.
  Result kubectl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("kubectl", "--namespace", namespace));
    Collections.addAll(command, arguments);
    return shell.run(command);
  }

  /// Writes an overlay of this namespace.
  ///
  /// @param lines the remaining lines of the kustomization, with paths relative to `k8s`
  String overlay(String name, String lines) throws IOException {
    Path directory = Files.createDirectories(root.resolve("k8s/overlays").resolve(name));
    Files.writeString(
        directory.resolve("kustomization.yaml"),
        "namespace: " + namespace + "\n" + lines.replace("k8s/", "../../"));
    return "k8s/overlays/" + name;
  }

  /// The base with components.
  static String base(String... components) {
    String list =
        components.length == 0
            ? ""
            : "components:\n"
                + Stream.of(components)
                    .map("  - k8s/components/%s\n"::formatted)
                    .reduce("", String::concat);
    return "resources:\n  - k8s/base\n" + list;
  }

  /// Waits until every deployment has all of its pods.
  void awaitDeployments() throws Exception {
    kubectl("wait", "--for=condition=available", "deployment", "--all", "--timeout=90s")
        .expectSuccess();
  }

  /// Deletes the namespace, and waits until it is empty.
  void delete() throws Exception {
    kubectl("delete", "namespace", namespace, "--timeout=90s").expectSuccess();
  }
}
