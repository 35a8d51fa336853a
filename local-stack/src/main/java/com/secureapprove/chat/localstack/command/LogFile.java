package com.secureapprove.chat.localstack.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The log of a component. It may be large and may grow while it is read.
record LogFile(Path file) {

  private static final int BYTES_PER_LINE = 400;
  private static final int PIECE = 1 << 20;

  /// The last lines. Returns fewer if the lines are very long, because it reads only the end.
  List<String> lastLines(int count) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      long length = bytes.length();
      int tail = (int) Math.min(length, (long) count * BYTES_PER_LINE);
      bytes.seek(length - tail);
      byte[] end = new byte[tail];
      bytes.readFully(end);
      List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// The text after a position in bytes, limited to one chunk.
  byte[] since(long position) {
    if (length() <= position) {
      return new byte[0];
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      byte[] more = new byte[(int) Math.min(bytes.length() - position, PIECE)];
      bytes.seek(position);
      bytes.readFully(more);
      return more;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  long length() {
    return file.toFile().length();
  }
}
