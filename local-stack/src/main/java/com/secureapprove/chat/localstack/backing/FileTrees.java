package com.secureapprove.chat.localstack.backing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Operations on directory trees.
public final class FileTrees {

  private FileTrees() {}

  /// Deletes a directory tree without following links. Does nothing if it does not exist.
  public static void delete(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// Creates a second tree with hard links to the same files. Replacing a file in one tree leaves
  /// the other unchanged.
  public static void link(Path tree, Path copy) {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.toList()) {
        Path same = copy.resolve(tree.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(same);
        } else {
          linkOrCopy(path, same);
        }
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static void linkOrCopy(Path file, Path same) throws IOException {
    try {
      Files.createLink(same, file);
    } catch (UnsupportedOperationException | FileSystemException _) {
      // Some file systems have no links.
      Files.copy(file, same, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
