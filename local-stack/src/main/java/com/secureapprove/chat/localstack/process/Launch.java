package com.secureapprove.chat.localstack.process;

import com.secureapprove.chat.localstack.process.KnownProcess.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Starts processes that do not depend on this one. Their output goes to a file and they read no
/// input. With `setsid`, a Ctrl-C in the terminal does not reach them, so that their launcher can
/// stop them in order.
public final class Launch {

  private static final Optional<Path> SETSID =
      Stream.of("/usr/bin/setsid", "/bin/setsid")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst();

  private Launch() {}

  /// Starts a process.
  ///
  /// @param name its name in the ledger
  /// @param command the program and its arguments
  /// @param environment added to this process's environment
  /// @param directory its working directory
  /// @param log the file to which its output is appended
  public static KnownProcess start(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Path log) {
    List<String> line = new ArrayList<>();
    SETSID.ifPresent(setsid -> line.add(setsid.toString()));
    line.addAll(command);
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.environment().putAll(environment);
      return KnownProcess.of(name, builder.start().toHandle(), Signal.TERM);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// The `java` that runs this program.
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
