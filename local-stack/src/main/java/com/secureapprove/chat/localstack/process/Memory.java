package com.secureapprove.chat.localstack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Measures the memory of a process and its children.
public final class Memory {

  private Memory() {}

  /// The memory of a process and its children in KiB. On Linux, shared pages are counted once
  /// (proportional set size); elsewhere it is the sum of the resident sets.
  ///
  /// @return empty if it is unknown
  public static OptionalLong ofFamily(ProcessHandle process) {
    long sum =
        Stream.concat(Stream.of(process), process.descendants())
            .map(Memory::of)
            .filter(OptionalLong::isPresent)
            .mapToLong(OptionalLong::getAsLong)
            .sum();
    return sum == 0 ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  /// The memory in KiB of this process, without its children.
  ///
  /// @return empty if it is unknown
  public static OptionalLong of(ProcessHandle process) {
    Path rollup = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
    try {
      if (Files.exists(rollup)) {
        return Files.readAllLines(rollup).stream()
            .filter(line -> line.startsWith("Pss:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst();
      }
      return residentSet(process.pid());
    } catch (IOException _) {
      // The process has ended, or belongs to another user.
      return OptionalLong.empty();
    }
  }

  private static OptionalLong residentSet(long pid) throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
    try (Stream<String> lines = ps.inputReader().lines()) {
      return lines.map(String::strip).mapToLong(Long::parseLong).findFirst();
    }
  }
}
