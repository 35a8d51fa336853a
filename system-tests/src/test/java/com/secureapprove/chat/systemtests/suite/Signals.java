package com.secureapprove.chat.systemtests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Signals to processes that Java has no method for.
public final class Signals {

  private Signals() {}

  /// Halts a process as if it hung: its connections stay open, and nothing is answered.
  public static void halt(ProcessHandle process) {
    send("STOP", process);
  }

  /// Lets a halted process go on.
  public static void resume(ProcessHandle process) {
    send("CONT", process);
  }

  private static void send(String signal, ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(problem);
    }
  }
}
