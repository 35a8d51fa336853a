package com.secureapprove.chat.importdjango.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The directory `MEDIA_ROOT` of the old chat.
public final class MediaDirectory {

  /// Where a path of the old database leads.
  public sealed interface Found {

    /// A readable file.
    record File(Path path) implements Found {}

    /// No file.
    record Missing() implements Found {}

    /// A path, or a symbolic link, to another directory.
    record Outside() implements Found {}
  }

  private final @Nullable Path root;

  private MediaDirectory(@Nullable Path root) {
    this.root = root;
  }

  /// @param root null if the media files are not at hand; then every file is missing
  /// @throws IOException if it is no directory
  public static MediaDirectory of(@Nullable Path root) throws IOException {
    return new MediaDirectory(root == null ? null : root.toRealPath());
  }

  /// Looks up a path of the old database. Follows symbolic links only within the directory.
  public Found find(String path) {
    if (root == null || path.isBlank()) {
      return new Found.Missing();
    }
    try {
      Path file = root.resolve(path).normalize();
      if (!file.startsWith(root)) {
        return new Found.Outside();
      }
      if (!Files.isRegularFile(file)) {
        return new Found.Missing();
      }
      return file.toRealPath().startsWith(root) ? new Found.File(file) : new Found.Outside();
    } catch (InvalidPathException | IOException _) {
      return new Found.Missing();
    }
  }
}
