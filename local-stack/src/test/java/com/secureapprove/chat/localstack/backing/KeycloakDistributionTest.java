package com.secureapprove.chat.localstack.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prepares an archive whose build fails until a marker file exists. The build refuses to run a
/// second time in the same directory, like a Keycloak that was killed while it was built.
class KeycloakDistributionTest {

  @TempDir private Path directory;

  private Path working;
  private Path archives;
  private Path distribution;

  @BeforeEach
  void writeArchive() throws IOException {
    working = directory.resolve("working");
    archives = Files.createDirectories(directory.resolve("archives"));
    distribution = directory.resolve("dist");
    String script =
        """
        #!/bin/sh
        home=$(dirname "$0")/..
        [ ! -e "$home/half" ] || exit 2
        touch "$home/half"
        [ -e '%s' ] || exit 1
        touch "$home/complete"
        """
            .formatted(working);
    Path archive = archives.resolve("keycloak-quarkus-dist-1.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("keycloak-1/bin/kc.sh"));
      zip.write(script.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void anInterruptedBuildLeavesNothingAndTheNextOneStartsAnew() throws IOException {
    assertThatThrownBy(this::prepare).hasMessageContaining("build failed");
    assertThat(distribution.resolve("keycloak-quarkus-dist-1")).doesNotExist();

    Files.createFile(working);

    assertThat(prepare().resolve("complete")).exists();
    assertThat(prepare().resolve("complete")).exists();
  }

  @Test
  void anIncompleteKeycloakOfAnEarlierVersionIsReplaced() throws IOException {
    Path home = Files.createDirectories(distribution.resolve("keycloak-quarkus-dist-1"));
    Files.createFile(home.resolve("half"));
    Files.createFile(working);

    assertThat(prepare().resolve("complete")).exists();
  }

  private Path prepare() {
    return KeycloakDistribution.prepare(distribution, archives, directory.resolve("log"));
  }
}
