package com.secureapprove.chat.attachment.inspection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Tells Office documents apart, whose magic bytes are those of their containers. Looks at names
/// inside only and unpacks nothing, so that a zip bomb stays packed.
final class OfficeFiles {
  private static final Map<String, AllowedType> MAIN_PARTS =
      Map.of(
          "word/document.xml", AllowedType.DOCX,
          "xl/workbook.xml", AllowedType.XLSX,
          "ppt/presentation.xml", AllowedType.PPTX);
  private static final Map<String, AllowedType> STREAMS =
      Map.of(
          "WordDocument", AllowedType.DOC,
          "Workbook", AllowedType.XLS,
          "Book", AllowedType.XLS,
          "PowerPoint Document", AllowedType.PPT);

  /// Directory entries of a compound file (MS-CFB) lie on multiples of this.
  private static final int ENTRY = 128;

  private static final int NAME_LENGTH_AT = 64;

  private OfficeFiles() {}

  /// docx, xlsx or pptx; nothing for other archives and for documents that carry macros.
  static Optional<AllowedType> inZip(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.getEntry("[Content_Types].xml") == null
          || zip.stream().anyMatch(entry -> entry.getName().endsWith("vbaProject.bin"))) {
        return Optional.empty();
      }
      return MAIN_PARTS.entrySet().stream()
          .filter(part -> zip.getEntry(part.getKey()) != null)
          .map(Map.Entry::getValue)
          .findFirst();
    } catch (ZipException e) {
      return Optional.empty();
    }
  }

  /// doc, xls or ppt, by the stream that holds the document.
  static Optional<AllowedType> inCompound(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes =
          channel.map(MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 4 * ENTRY; at + ENTRY <= bytes.limit(); at += ENTRY) {
        AllowedType type = STREAMS.get(nameAt(bytes, at));
        if (type != null) {
          return Optional.of(type);
        }
      }
    }
    return Optional.empty();
  }

  private static String nameAt(ByteBuffer bytes, int at) {
    int length = bytes.getShort(at + NAME_LENGTH_AT) - 2; // without the terminating NUL
    if (length <= 0 || length > NAME_LENGTH_AT - 2 || length % 2 != 0) {
      return "";
    }
    byte[] name = new byte[length];
    bytes.get(at, name);
    return new String(name, StandardCharsets.UTF_16LE);
  }
}
