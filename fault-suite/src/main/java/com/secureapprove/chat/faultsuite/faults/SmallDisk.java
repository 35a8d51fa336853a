package com.secureapprove.chat.faultsuite.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A small tmpfs, mounted on a directory, that a fault can fill. Mounting needs root and is not
/// possible in every container.
public final class SmallDisk implements AutoCloseable {

  private static final int CHUNK = 64 * 1024;

  private final Path directory;
  private final boolean mounted;

  /// Mounts the file system if that is possible.
  ///
  /// @param bytes the size
  /// @throws IOException if the directory cannot be created
  public SmallDisk(Path directory, long bytes) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory);
    this.mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", directory.toString());
  }

  /// Unmounts the file system that a killed run left mounted, if any.
  public static void unmount(Path directory) {
    run("umount", "--lazy", directory.toString());
  }

  /// Whether the file system is mounted.
  public boolean isMounted() {
    return mounted;
  }

  /// Fills the disk.
  void fill() throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(chunk);
      }
    } catch (IOException _) {
      // the disk is full
    }
  }

  /// Frees the space.
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
      // the command is not installed
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (mounted) {
      unmount(directory);
    }
  }
}
