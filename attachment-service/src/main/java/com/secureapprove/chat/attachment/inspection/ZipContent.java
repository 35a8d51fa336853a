package com.secureapprove.chat.attachment.inspection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Distinguishes docx, xlsx and pptx from other ZIP archives by the names in the central directory.
/// Every ZIP reader uses this directory, which is at the end of the file.
///
/// Does not decompress anything, so that ZIP bombs have no effect. Keeps only the last 256 KiB in
/// memory.
final class ZipContent implements Content {
  /// Sufficient for thousands of names. Archives with a larger directory are rejected.
  private static final int END = 256 * 1024;

  private static final int END_RECORD = 0x06054b50;
  private static final int END_RECORD_SIZE = 22;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_SIZE = 46;
  private static final Map<String, AllowedType> MAIN_PARTS =
      Map.of(
          "word/document.xml", AllowedType.DOCX,
          "xl/workbook.xml", AllowedType.XLSX,
          "ppt/presentation.xml", AllowedType.PPTX);

  private final byte[] end = new byte[END];
  private long seen;

  @Override
  public void update(byte[] bytes, int offset, int length) {
    for (int from = offset; from < offset + length; ) {
      int at = (int) (seen % END);
      int count = Math.min(offset + length - from, END - at);
      System.arraycopy(bytes, from, end, at, count);
      seen += count;
      from += count;
    }
  }

  /// Returns empty for other archives, and for documents with macros.
  @Override
  public Optional<AllowedType> type() {
    Set<String> names = names();
    if (!names.contains("[Content_Types].xml")
        || names.stream().anyMatch(name -> name.endsWith("vbaProject.bin"))) {
      return Optional.empty();
    }
    return MAIN_PARTS.entrySet().stream()
        .filter(part -> names.contains(part.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private Set<String> names() {
    Set<String> names = new HashSet<>();
    ByteBuffer tail = tail();
    long first = seen - tail.limit(); // offset of the tail in the file
    for (int at = tail.limit() - END_RECORD_SIZE; at >= 0; at--) {
      if (tail.getInt(at) == END_RECORD) {
        int entries = Short.toUnsignedInt(tail.getShort(at + 10));
        long directory = Integer.toUnsignedLong(tail.getInt(at + 16)) - first;
        return directory >= 0 && read(tail, directory, at, entries, names) ? names : Set.of();
      }
    }
    return Set.of();
  }

  /// Returns false if the directory does not match its end record.
  private static boolean read(
      ByteBuffer tail, long directory, int end, int entries, Set<String> names) {
    long at = directory;
    for (int i = 0; i < entries; i++) {
      if (at + ENTRY_SIZE > end || tail.getInt((int) at) != ENTRY) {
        return false;
      }
      int nameLength = Short.toUnsignedInt(tail.getShort((int) at + 28));
      int extra = Short.toUnsignedInt(tail.getShort((int) at + 30));
      int comment = Short.toUnsignedInt(tail.getShort((int) at + 32));
      if (at + ENTRY_SIZE + nameLength > end) {
        return false;
      }
      byte[] name = new byte[nameLength];
      tail.get((int) at + ENTRY_SIZE, name);
      names.add(new String(name, StandardCharsets.UTF_8));
      at += (long) ENTRY_SIZE + nameLength + extra + comment;
    }
    return at == end;
  }

  private ByteBuffer tail() {
    int size = (int) Math.min(seen, END);
    byte[] tail = new byte[size];
    int from = (int) ((seen - size) % END);
    int count = Math.min(size, END - from);
    System.arraycopy(end, from, tail, 0, count);
    System.arraycopy(end, 0, tail, count, size - count);
    return ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
  }
}
