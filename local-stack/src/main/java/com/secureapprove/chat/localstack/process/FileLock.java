package com.secureapprove.chat.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A lock between programs, and between the class loaders of one program. The operating system
/// gives it back when its holder dies.
public final class FileLock implements AutoCloseable {

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final FileChannel channel;

  private FileLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the lock, or nothing when somebody else has it.
  public static Optional<FileLock> tryTake(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          return Optional.of(new FileLock(channel));
        }
      } catch (OverlappingFileLockException _) {
        // Held by this very program.
      }
      channel.close();
      return Optional.empty();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// Takes the lock, waiting for it.
  ///
  /// @throws IllegalStateException when it could not be had within `patience`
  public static FileLock take(Path file, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<FileLock> lock = tryTake(file);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("%s is still locked after %s".formatted(file, patience));
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
