package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.FileTrees;
import com.secureapprove.chat.localstack.process.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The built program of a component, as a jar or as a native executable.
record Program(Checkout checkout, Component component, RunMode mode) {

  /// Links the program's files into a directory and returns the command line that runs it there. A
  /// later build does not change these files.
  ///
  /// @throws IllegalStateException if the program is not built
  List<String> prepare(Path directory) {
    return switch (mode) {
      case SMALL_JVM ->
          jar(
              directory,
              List.of(
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+ExitOnOutOfMemoryError",
                  heap()));
      case IMAGE_JVM -> jar(directory, new ImageOptions(checkout).of(component));
      case NATIVE -> executable(directory);
    };
  }

  private List<String> jar(Path directory, List<String> options) {
    Path built = target().resolve("quarkus-app");
    Path jar = directory.resolve("quarkus-run.jar");
    if (!Files.exists(built.resolve(jar.getFileName()))) {
      throw new IllegalStateException("it is not built: %s does not exist".formatted(built));
    }
    FileTrees.delete(directory);
    FileTrees.link(built, directory);
    List<String> command = new ArrayList<>();
    command.add(Launch.java());
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  private List<String> executable(Path directory) {
    List<Path> files = nativeFiles();
    Path runner =
        files.stream()
            .filter(file -> file.toString().endsWith("-runner"))
            .findFirst()
            .orElseThrow(() ->
                new IllegalStateException(
                    "there is no native executable *-runner in %s".formatted(target())));
    FileTrees.delete(directory);
    createDirectory(directory);
    files.forEach(file -> FileTrees.link(file, directory.resolve(file.getFileName())));
    return List.of(directory.resolve(runner.getFileName()).toString(), heap());
  }

  /// The executable and, for attachment-service, the libraries that it loads from its directory.
  private List<Path> nativeFiles() {
    if (!Files.isDirectory(target())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(target())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith("-runner") || file.toString().endsWith(".so"))
          .sorted()
          .toList();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static void createDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private String heap() {
    return "-Xmx%dm".formatted(component.heapMegabytes());
  }

  private Path target() {
    return checkout.root().resolve(component.module()).resolve("target");
  }
}
