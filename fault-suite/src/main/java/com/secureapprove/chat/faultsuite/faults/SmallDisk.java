package com.secureapprove.chat.faultsuite.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file system so small that it can be filled: in memory, mounted on a directory. Only root may
/// do that, and not in every container.
public final class SmallDisk implements AutoCloseable {

  private static final int CHUNK = 64 * 1024;

  private final Path directory;
  private final boolean there;

  /// Mounts it, if that is possible here.
  ///
  /// @param bytes how much it holds
  /// @throws IOException where the directory cannot be made
  public SmallDisk(Path directory, long bytes) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory);
    this.there = run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", directory.toString());
  }

  /// Takes away what a run that was killed left mounted there, if it did.
  public static void takeAway(Path directory) {
    run("umount", "--lazy", directory.toString());
  }

  /// Whether it could be mounted.
  public boolean isThere() {
    return there;
  }

  /// Leaves no room.
  void fill() throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(chunk);
      }
    } catch (IOException _) {
      // It is full now, or full enough.
    }
  }

  /// Gives the room back.
  void empty() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return directory.resolve("ballast");
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      // there is no such command here
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (there) {
      takeAway(directory);
    }
  }
}
