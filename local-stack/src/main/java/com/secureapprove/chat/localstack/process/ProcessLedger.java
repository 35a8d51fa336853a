package com.secureapprove.chat.localstack.process;

import com.secureapprove.chat.localstack.process.KnownProcess.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The list of started and not yet stopped processes, on disk. It survives a `kill -9` of its
/// writer. One line for each process, oldest first; a later line of the same name replaces the
/// earlier one.
///
/// Safe for several threads of one program; between programs, use a [FileLock].
public final class ProcessLedger {

  private final Path file;

  /// The ledger in this file, which need not exist yet.
  public ProcessLedger(Path file) {
    this.file = file;
  }

  /// The processes that still run, in the order in which they were started.
  public synchronized List<KnownProcess> running() {
    return read().stream().filter(KnownProcess::isAlive).toList();
  }

  /// The running process of this name.
  public Optional<KnownProcess> running(String name) {
    return running().stream().filter(process -> process.name().equals(name)).findFirst();
  }

  /// Records a process.
  public synchronized void add(KnownProcess process) {
    write(Stream.concat(others(process.name()), Stream.of(process)).toList());
  }

  /// Stops one process if it runs, and removes its entry.
  public void stop(String name, Duration patience) {
    running(name).ifPresent(process -> process.stop(patience));
    synchronized (this) {
      write(others(name).toList());
    }
  }

  /// Stops all recorded processes, latest first, and removes their entries.
  public void stopAll(Duration patience) {
    for (KnownProcess process : running().reversed()) {
      stop(process.name(), patience);
    }
  }

  /// Removes all entries without stopping processes.
  public synchronized void clear() {
    write(List.of());
  }

  private Stream<KnownProcess> others(String name) {
    return read().stream().filter(process -> !process.name().equals(name));
  }

  private List<KnownProcess> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      List<KnownProcess> processes = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        String[] field = line.split("\t", -1);
        processes.add(
            new KnownProcess(
                field[0],
                Long.parseLong(field[1]),
                Instant.parse(field[2]),
                Signal.valueOf(field[3])));
      }
      return processes;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private void write(List<KnownProcess> processes) {
    List<String> lines =
        processes.stream()
            .map(p -> "%s\t%d\t%s\t%s".formatted(p.name(), p.pid(), p.started(), p.ending()))
            .toList();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.write(next, lines);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
