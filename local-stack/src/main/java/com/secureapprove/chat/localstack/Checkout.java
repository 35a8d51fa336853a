package com.secureapprove.chat.localstack;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where things are in a checkout of this project. Everything that the stack writes is under
/// `.chat`, outside of what a clean build removes.
public record Checkout(Path root) {

  /// The checkout in which this program runs: named by the property `chat.project.root`, else the
  /// nearest directory upwards that holds the Maven wrapper.
  public static Checkout current() {
    String named = System.getProperty("chat.project.root");
    if (named != null) {
      return new Checkout(Path.of(named).toAbsolutePath().normalize());
    }
    Path here = Path.of("").toAbsolutePath();
    for (Path directory = here; directory != null; directory = directory.getParent()) {
      if (Files.exists(directory.resolve("mvnw"))) {
        return new Checkout(directory);
      }
    }
    throw new IllegalStateException("%s is not within a checkout of the project".formatted(here));
  }

  /// Programs unpacked once: PostgreSQL, Redis, Keycloak.
  public Path distribution() {
    return root.resolve(".chat/dist");
  }

  /// Where the build of this module puts Keycloak's archive.
  public Path keycloakArchives() {
    return root.resolve("local-stack/target/keycloak");
  }

  /// What the tests' backing parts keep.
  public Path test() {
    return root.resolve(".chat/test");
  }
}
