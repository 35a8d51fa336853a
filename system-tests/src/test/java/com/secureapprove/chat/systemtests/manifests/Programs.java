package com.secureapprove.chat.systemtests.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Optional programs of this machine.
final class Programs {
  private static final long SECONDS = 60;

  private Programs() {}

  /// Skips the current test with a message if `kubectl` is missing.
  static void needKubectl() throws Exception {
    need("kubectl", "version", "--client");
  }

  static void need(String... command) throws Exception {
    boolean there = runs(command);
    if (!there) {
      System.err.printf(
          "SKIPPED: a check of the manifests, because `%s` does not run here%n",
          String.join(" ", command));
    }
    assumeTrue(there, String.join(" ", command) + " does not run here");
  }

  /// The output of the program. Fails if it exits with an error.
  static String output(String... command) throws Exception {
    Path errors = Files.createTempFile("errors", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Project.ROOT.toFile())
              .redirectError(errors.toFile())
              .start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("%s ends", command[0]).isTrue();
      assertThat(process.exitValue())
          .as("%s: %s", List.of(command), Files.readString(errors))
          .isZero();
      return output;
    } finally {
      Files.delete(errors);
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
