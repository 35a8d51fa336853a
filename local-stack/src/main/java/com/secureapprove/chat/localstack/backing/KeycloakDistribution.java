package com.secureapprove.chat.localstack.backing;

import com.secureapprove.chat.localstack.process.FileLock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Keycloak's programs. They are unpacked and built once, in a temporary directory that is renamed
/// when it is complete. So an interrupted start leaves no incomplete Keycloak.
final class KeycloakDistribution {

  private static final Duration OTHERS_NEED_AT_MOST = Duration.ofMinutes(5);
  private static final Duration BUILDS_WITHIN = Duration.ofMinutes(4);
  private static final String BUILT = ".built-for-chat";

  private KeycloakDistribution() {}

  /// The directory of Keycloak, ready to start with `--optimized`.
  ///
  /// @param distribution the directory for unpacked programs
  /// @param archives the directory into which the build has copied Keycloak's archive
  /// @param log the file for the output of Keycloak's build
  static Path prepare(Path distribution, Path archives, Path log) {
    Path archive = archiveIn(archives);
    String name = archive.getFileName().toString().replace(".zip", "");
    Path home = distribution.resolve(name);
    try (FileLock _ = FileLock.take(distribution.resolve(name + ".lock"), OTHERS_NEED_AT_MOST)) {
      if (!Files.exists(home.resolve(BUILT))) {
        Path next = distribution.resolve(name + ".next");
        FileTrees.delete(next);
        unpack(archive, next);
        build(next, log);
        Files.createFile(next.resolve(BUILT));
        FileTrees.delete(home);
        Files.move(next, home, StandardCopyOption.ATOMIC_MOVE);
      }
      return home;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static Path archiveIn(Path archives) {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(archives, "keycloak-quarkus-dist-*.zip")) {
      for (Path archive : found) {
        return archive;
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(
          "The build of local-stack must copy Keycloak's archive first", problem);
    }
    throw new IllegalStateException(
        "no Keycloak archive in %s; build local-stack first".formatted(archives));
  }

  private static void unpack(Path archive, Path target) throws IOException {
    try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path inside = Path.of(entry.getName());
        if (inside.getNameCount() > 1) {
          // Drops the first directory, which only repeats name and version.
          Path file = target.resolve(inside.subpath(1, inside.getNameCount())).normalize();
          if (!file.startsWith(target)) {
            throw new IOException(
                "archive entry %s is outside the target directory".formatted(inside));
          }
          if (entry.isDirectory()) {
            Files.createDirectories(file);
          } else {
            Files.createDirectories(file.getParent());
            Files.copy(entries, file);
          }
        }
      }
    }
    target.resolve("bin/kc.sh").toFile().setExecutable(true);
  }

  private static void build(Path home, Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    ProcessBuilder command =
        new ProcessBuilder(home.resolve("bin/kc.sh").toString(), "build", "--db=dev-file")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process build = command.start();
    try {
      if (!build.waitFor(BUILDS_WITHIN) || build.exitValue() != 0) {
        throw new IOException("Keycloak's build failed or took too long, see " + log);
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(interruption.getMessage());
    } finally {
      build.descendants().forEach(ProcessHandle::destroy);
      build.destroy();
    }
  }
}
