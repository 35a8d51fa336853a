package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.Launch;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/// Runs the same command as a background process, and prints its output until all components are
/// up.
final class Detached {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final StackHome home;
  private final PrintWriter out;
  private final Class<?> program;

  /// @param program the class with the main method
  Detached(StackHome home, PrintWriter out, Class<?> program) {
    this.home = home;
    this.out = out;
    this.program = program;
  }

  int start(List<String> arguments) {
    LogFile log = new LogFile(home.log("stack"));
    try {
      Files.deleteIfExists(log.file());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    KnownProcess launcher =
        Launch.start(
            "launcher", command(arguments), Map.of(), Path.of("").toAbsolutePath(), log.file());
    long said = 0;
    while (true) {
      boolean ended = !launcher.isAlive();
      boolean ready = isReady(launcher);
      byte[] more = log.since(said);
      said += more.length;
      out.print(new String(more, StandardCharsets.UTF_8));
      out.flush();
      if (ready) {
        return ExitCode.OK;
      }
      if (ended) {
        return ExitCode.SOFTWARE;
      }
      Polling.pause(BETWEEN_LOOKS);
    }
  }

  private boolean isReady(KnownProcess launcher) {
    return home.launcher().running().stream().anyMatch(running -> running.pid() == launcher.pid())
        && StackState.load(home).filter(StackState::ready).isPresent();
  }

  private List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Launch.java());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m"));
    String root = System.getProperty("chat.project.root");
    if (root != null) {
      command.add("-Dchat.project.root=" + root);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    arguments.stream().filter(argument -> !isDetach(argument)).forEach(command::add);
    return command;
  }

  private static boolean isDetach(String argument) {
    return argument.equals("--detach") || argument.equals("-d");
  }
}
