package com.secureapprove.chat.systemtests.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs programs with the cluster's tools on the path.
///
/// @param directory the working directory
/// @param environment added to that of this process
record Shell(Path directory, Map<String, String> environment) {

  private static final long MINUTES = 10;

  /// The end of a program.
  record Result(int exit, String output, String errors) {

    Result expectSuccess() {
      if (exit != 0) {
        throw new AssertionError("exit %d: %s%n%s".formatted(exit, errors, output));
      }
      return this;
    }
  }

  Result run(String... command) throws IOException, InterruptedException {
    return run(List.of(command));
  }

  Result run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("output", ".log");
    Path errors = Files.createTempFile("errors", ".log");
    try {
      Process process = start(command, output.toFile(), errors.toFile());
      process.getOutputStream().close();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end");
      }
      return new Result(process.exitValue(), text(output), text(errors));
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  Process start(List<String> command, File output, File errors) throws IOException {
    // Java looks programs up in its own path. `env` uses the path of the environment.
    List<String> inPath = Stream.concat(Stream.of("/usr/bin/env"), command.stream()).toList();
    ProcessBuilder builder =
        new ProcessBuilder(inPath)
            .directory(directory.toFile())
            .redirectOutput(output)
            .redirectError(errors);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
