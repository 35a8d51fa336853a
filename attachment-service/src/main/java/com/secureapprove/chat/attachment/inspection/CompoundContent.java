package com.secureapprove.chat.attachment.inspection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Distinguishes doc, xls and ppt, which are compound files (MS-CFB), by the name of the stream
/// that holds the document.
final class CompoundContent implements Content {
  private static final Map<String, AllowedType> STREAMS =
      Map.of(
          "WordDocument", AllowedType.DOC,
          "Workbook", AllowedType.XLS,
          "Book", AllowedType.XLS,
          "PowerPoint Document", AllowedType.PPT);

  /// Directory entries are aligned to this size, in bytes.
  private static final int ENTRY = 128;

  private static final int HEADER = 512;
  private static final int NAME_LENGTH_AT = 64;

  private final ByteBuffer entry = ByteBuffer.allocate(ENTRY).order(ByteOrder.LITTLE_ENDIAN);
  private long seen;
  private @Nullable AllowedType found;

  @Override
  public void update(byte[] bytes, int offset, int length) {
    for (int from = offset; from < offset + length && found == null; ) {
      int count = Math.min(offset + length - from, entry.remaining());
      entry.put(bytes, from, count);
      seen += count;
      from += count;
      if (!entry.hasRemaining()) {
        if (seen > HEADER) {
          found = STREAMS.get(name());
        }
        entry.clear();
      }
    }
  }

  @Override
  public Optional<AllowedType> type() {
    return Optional.ofNullable(found);
  }

  private String name() {
    int length = entry.getShort(NAME_LENGTH_AT) - 2; // without the terminating NUL
    if (length <= 0 || length > NAME_LENGTH_AT - 2 || length % 2 != 0) {
      return "";
    }
    byte[] name = new byte[length];
    entry.get(0, name);
    return new String(name, StandardCharsets.UTF_16LE);
  }
}
