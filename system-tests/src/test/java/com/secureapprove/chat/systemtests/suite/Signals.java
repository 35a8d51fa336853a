package com.secureapprove.chat.systemtests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Sends signals to processes for which Java has no method.
public final class Signals {

  private Signals() {}

  /// Suspends a process (SIGSTOP). Its connections stay open, but it does not respond.
  public static void halt(ProcessHandle process) {
    send("STOP", process);
  }

  /// Resumes a suspended process (SIGCONT).
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
