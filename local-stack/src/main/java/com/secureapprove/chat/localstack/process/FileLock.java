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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A lock between programs, and between the class loaders of one program. The operating system
/// releases it when its holder ends.
public final class FileLock implements AutoCloseable {

  private final FileChannel channel;

  private FileLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the lock, or returns empty if another process holds it.
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
        // This program already holds it.
      }
      channel.close();
      return Optional.empty();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// Waits for the lock and takes it.
  ///
  /// @throws IllegalStateException if another process still holds it after `patience`
  public static FileLock take(Path file, Duration patience) {
    AtomicReference<@Nullable FileLock> taken = new AtomicReference<>();
    Polling.until(
        patience,
        () -> {
          taken.set(tryTake(file).orElse(null));
          return taken.get() != null;
        });
    FileLock lock = taken.get();
    if (lock == null) {
      throw new IllegalStateException("%s is still locked after %s".formatted(file, patience));
    }
    return lock;
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
