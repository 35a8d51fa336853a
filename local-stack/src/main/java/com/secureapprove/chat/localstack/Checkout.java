package com.secureapprove.chat.localstack;

import java.nio.file.Files;
import java.nio.file.Path;

/// The directories of a checkout of this project. The stack writes only under `.chat`, which a
/// clean build does not remove.
public record Checkout(Path root) {

  /// The checkout in which this program runs. The property `chat.project.root` names it; otherwise
  /// it is the nearest parent directory with the Maven wrapper.
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
    throw new IllegalStateException("%s is not in a checkout of the project".formatted(here));
  }

  /// The unpacked programs: PostgreSQL, Redis, Keycloak.
  public Path distribution() {
    return root.resolve(".chat/dist");
  }

  /// The directory into which the build of this module copies Keycloak's archive.
  public Path keycloakArchives() {
    return root.resolve("local-stack/target/keycloak");
  }
}
