package com.secureapprove.chat.faultsuite;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.FileTrees;
import com.secureapprove.chat.localstack.stack.Component;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/// A revision of this project whose programs are built in a separate directory, under `.chat`.
///
/// @param commit the full hash
record FormerRelease(Checkout current, String commit) {

  /// The release of a revision, such as a tag; empty if Git does not know it.
  ///
  /// @throws IOException if Git is not installed
  static Optional<FormerRelease> of(Checkout current, String revision) throws IOException {
    Process git =
        new ProcessBuilder(
                "git",
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                revision + "^{commit}")
            .directory(current.root().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return exitCode(git) == 0 ? Optional.of(new FormerRelease(current, commit)) : Optional.empty();
  }

  /// Builds the programs, unless an earlier call has built them. This takes some minutes.
  ///
  /// @throws IOException if the build fails
  Checkout build() throws IOException {
    Path directory = current.root().resolve(".chat/former").resolve(commit);
    Path complete = directory.resolve(".chat/complete");
    if (!Files.exists(complete)) {
      FileTrees.delete(directory);
      Files.createDirectories(complete.getParent());
      Path archive = directory.resolve(".chat/source.tar");
      run(current.root(), "git", "archive", "--output=" + archive, commit);
      run(directory, "tar", "-xf", archive.toString());
      String modules =
          Component.own().stream().map(Component::module).collect(Collectors.joining(","));
      run(
          directory,
          directory.resolve("mvnw").toString(),
          "-B",
          "-ntp",
          "-q",
          "-Dquick",
          "-DskipTests",
          "-pl",
          modules,
          "-am",
          "package");
      Files.createFile(complete);
    }
    return new Checkout(directory);
  }

  private static void run(Path directory, String... command) throws IOException {
    Process process = new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start();
    int exitCode = exitCode(process);
    if (exitCode != 0) {
      throw new IOException("%s failed with %d".formatted(List.of(command), exitCode));
    }
  }

  private static int exitCode(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
