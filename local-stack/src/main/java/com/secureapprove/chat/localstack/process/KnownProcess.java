package com.secureapprove.chat.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A started process. Its start time distinguishes it from a later process with the same id.
///
/// @param name its name, one word
/// @param pid its process id
/// @param started its start time by the operating system
/// @param ending the signal for an orderly end
public record KnownProcess(String name, long pid, Instant started, Signal ending) {

  /// The clock may be set while a process runs, which shifts the reported start. A process id is
  /// not reused that soon.
  private static final Duration SAME_START = Duration.ofSeconds(3);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);

  /// The signal that asks a process to end.
  public enum Signal {
    /// SIGTERM, the usual signal.
    TERM,
    /// PostgreSQL's fast shutdown, which does not wait for its clients.
    INT
  }

  /// Describes a process that is running now.
  ///
  /// @throws IllegalStateException if it has already ended
  public static KnownProcess of(String name, ProcessHandle process, Signal ending) {
    Instant started =
        process
            .info()
            .startInstant()
            .orElseThrow(
                () -> new IllegalStateException(name + " ended immediately after its start"));
    return new KnownProcess(name, process.pid(), started, ending);
  }

  /// The running process, or empty if it has ended, even if another process has its id.
  public Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(this::startedThen)
        .filter(process -> !isZombie(process));
  }

  /// Whether it still runs.
  public boolean isAlive() {
    return handle().isPresent();
  }

  /// Signals it to end, waits at most `patience`, then kills it. Returns after its end.
  public void stop(Duration patience) {
    handle()
        .ifPresent(process -> {
          ask(process);
          if (!endsWithin(patience)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            endsWithin(KILLED_WITHIN);
          }
        });
  }

  private boolean startedThen(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .filter(start -> Duration.between(start, started).abs().compareTo(SAME_START) <= 0)
        .isPresent();
  }

  private void ask(ProcessHandle process) {
    switch (ending) {
      case TERM -> process.destroy();
      case INT -> send("INT", process.pid());
    }
  }

  private static void send(String signal, long pid) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for its end, at most this long.
  ///
  /// @return whether it has ended
  public boolean endsWithin(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    while (isAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    return true;
  }

  /// A zombie process keeps its id and looks alive to Java. This happens in containers whose first
  /// process does not reap children.
  private static boolean isZombie(ProcessHandle process) {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      String line = Files.readString(stat);
      return line.startsWith(" Z", line.lastIndexOf(')') + 1);
    } catch (IOException _) {
      // The process has ended, or the system has no /proc.
      return false;
    }
  }
}
