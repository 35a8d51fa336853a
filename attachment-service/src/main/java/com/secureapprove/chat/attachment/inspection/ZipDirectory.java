package com.secureapprove.chat.attachment.inspection;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// The central directory of a ZIP archive, with or without ZIP64 records. Every ZIP reader uses it,
/// so order and data descriptors of the entries have no effect.
///
/// Reads the directory as a stream and keeps none of it in memory.
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_SIZE = 56;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCATOR_64_SIZE = 20;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_SIZE = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final int EXTRA_64 = 1;
  private static final long UNKNOWN = 0xffff_ffffL;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  /// An entry of the directory.
  ///
  /// @param name with `/` as separator, without a leading one
  /// @param offset of the local header
  /// @param size of the compressed bytes
  record Entry(String name, boolean isEncrypted, int method, long offset, long size) {}

  private final RandomAccess file;
  private final long start;
  private final long length;

  private ZipDirectory(RandomAccess file, long start, long length) {
    this.file = file;
    this.start = start;
    this.length = length;
  }

  /// Finds the directory; empty if the archive has none that ends where its end record begins.
  static Optional<ZipDirectory> of(RandomAccess file, long size) throws IOException {
    int tailSize = (int) Math.min(size, END_SIZE + LONGEST_COMMENT + LOCATOR_64_SIZE);
    long tailStart = size - tailSize;
    ByteBuffer tail = littleEndian(file.read(tailStart, tailSize));
    for (int at = tail.limit() - END_SIZE; at >= 0; at--) {
      if (tail.getInt(at) == END && at + END_SIZE + unsigned(tail, at + 20) <= tail.limit()) {
        return directory(file, tail, at, tailStart + at);
      }
    }
    return Optional.empty();
  }

  private static Optional<ZipDirectory> directory(
      RandomAccess file, ByteBuffer tail, int at, long end) throws IOException {
    long length = unsignedInt(tail, at + 12);
    long start = unsignedInt(tail, at + 16);
    int locator = at - LOCATOR_64_SIZE;
    if (locator >= 0 && tail.getInt(locator) == LOCATOR_64) {
      long end64 = tail.getLong(locator + 8);
      byte[] read = end64 < 0 ? new byte[0] : file.read(end64, END_64_SIZE);
      if (read.length < END_64_SIZE || littleEndian(read).getInt(0) != END_64) {
        return Optional.empty();
      }
      length = littleEndian(read).getLong(40);
      start = littleEndian(read).getLong(48);
      end = end64;
    }
    return start >= 0 && length >= 0 && start <= end && length == end - start
        ? Optional.of(new ZipDirectory(file, start, length))
        : Optional.empty();
  }

  /// Passes each entry to the consumer.
  ///
  /// @return false if the directory is malformed
  boolean forEach(Consumer<Entry> consumer) throws IOException {
    try (InputStream bytes = new java.io.BufferedInputStream(file.open(start, length), 1 << 14)) {
      for (long left = length; left > 0; ) {
        ByteBuffer fixed = littleEndian(bytes.readNBytes(ENTRY_SIZE));
        if (fixed.limit() < ENTRY_SIZE || fixed.getInt(0) != ENTRY) {
          return false;
        }
        int nameLength = unsigned(fixed, 28);
        int extraLength = unsigned(fixed, 30);
        int commentLength = unsigned(fixed, 32);
        byte[] name = bytes.readNBytes(nameLength);
        ByteBuffer extra = littleEndian(bytes.readNBytes(extraLength));
        bytes.skipNBytes(commentLength);
        consumer.accept(entry(fixed, name, extra));
        left -= (long) ENTRY_SIZE + nameLength + extraLength + commentLength;
      }
      return true;
    } catch (EOFException e) {
      return false;
    }
  }

  /// Opens the uncompressed bytes of an entry; empty if its header or its method is not readable.
  /// The caller closes the stream and limits the bytes that it reads.
  Optional<InputStream> open(Entry entry) throws IOException {
    byte[] header = file.read(entry.offset(), LOCAL_SIZE);
    if (header.length < LOCAL_SIZE || littleEndian(header).getInt(0) != LOCAL) {
      return Optional.empty();
    }
    long data =
        entry.offset()
            + LOCAL_SIZE
            + unsigned(littleEndian(header), 26)
            + unsigned(littleEndian(header), 28);
    return switch (entry.method()) {
      case STORED -> Optional.of(file.open(data, entry.size()));
      case DEFLATED -> {
        Inflater inflater = new Inflater(true);
        yield Optional.of(
            new InflaterInputStream(file.open(data, entry.size()), inflater) {
              @Override
              public void close() throws IOException {
                super.close();
                inflater.end();
              }
            });
      }
      default -> Optional.empty();
    };
  }

  private static Entry entry(ByteBuffer fixed, byte[] name, ByteBuffer extra) {
    long size = unsignedInt(fixed, 20);
    long offset = unsignedInt(fixed, 42);
    for (int at = 0; at + 4 <= extra.limit(); at += 4 + unsigned(extra, at + 2)) {
      if (unsigned(extra, at) == EXTRA_64) {
        // Only the fields that are unknown in the fixed part follow, in this order.
        int next = at + 4 + (unsignedInt(fixed, 24) == UNKNOWN ? 8 : 0);
        if (size == UNKNOWN && next + 8 <= extra.limit()) {
          size = extra.getLong(next);
          next += 8;
        }
        if (offset == UNKNOWN && next + 8 <= extra.limit()) {
          offset = extra.getLong(next);
        }
        break;
      }
    }
    String path = new String(name, StandardCharsets.UTF_8).replace('\\', '/');
    return new Entry(
        path.startsWith("/") ? path.substring(1) : path,
        (fixed.getShort(8) & 1) != 0,
        unsigned(fixed, 10),
        Math.max(0, offset),
        Math.max(0, size));
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private static long unsignedInt(ByteBuffer bytes, int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }
}
