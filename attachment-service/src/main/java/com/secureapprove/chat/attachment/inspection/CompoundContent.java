package com.secureapprove.chat.attachment.inspection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Distinguishes doc, xls and ppt, which are compound files (MS-CFB), by the name of the stream
/// that holds the document. Refuses documents with macros or a password.
///
/// Reads each block of 128 bytes as a possible directory entry, and each sector as the possible
/// start of the document. No structure of the file is followed, so that no loop in it has an
/// effect.
final class CompoundContent implements Content {
  private static final Map<String, AllowedType> STREAMS =
      Map.of(
          "WordDocument", AllowedType.DOC,
          "Workbook", AllowedType.XLS,
          "Book", AllowedType.XLS,
          "PowerPoint Document", AllowedType.PPT);

  /// The streams of encrypted OOXML documents and of encrypted presentations.
  private static final Set<String> ENCRYPTED_STREAMS =
      Set.of("encryptedpackage", "encryptioninfo", "encryptedsummary", "\tdrmcontent");

  private static final Set<String> MACRO_STREAMS =
      Set.of("_vba_project", "_vba_project_cur", "vba", "macros");

  private static final int ENTRY = 128;
  private static final int HEADER = 512;
  private static final int SECTOR = 512;
  private static final int MINI_SECTOR = 64;
  private static final int NAME_LENGTH_AT = 64;

  private static final int WORD_MAGIC = 0xa5ec;
  private static final int WORD_ENCRYPTED = 0x0100;
  private static final int EXCEL_START = 0x0809;
  private static final int EXCEL_PASSWORD = 0x002f;
  private static final int POWERPOINT_USER = 0x0ff6_0000;
  private static final int POWERPOINT_ENCRYPTED = 0xf3d1_c4df;

  private final ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
  private final Set<AllowedType> encrypted = EnumSet.noneOf(AllowedType.class);
  private long seen;
  private boolean macros;
  private boolean encryptedStream;
  private @Nullable AllowedType found;

  @Override
  public void update(byte[] bytes, int offset, int length) {
    for (int from = offset; from < offset + length; ) {
      int count = Math.min(offset + length - from, sector.remaining());
      sector.put(bytes, from, count);
      seen += count;
      from += count;
      if (!sector.hasRemaining()) {
        endOfSector();
      }
    }
  }

  @Override
  public AllowedType type(RandomAccess file) {
    while (sector.position() > 0 && sector.hasRemaining()) {
      sector.put((byte) 0); // a last sector may be cut off
    }
    if (sector.position() > 0) {
      endOfSector();
    }
    AllowedType type = found;
    if (encryptedStream || (type != null && encrypted.contains(type))) {
      throw Refusals.isProtected();
    }
    if (type == null) {
      throw Refusals.notAllowed();
    }
    if (macros) {
      throw Refusals.macros();
    }
    return type;
  }

  private void endOfSector() {
    if (seen > HEADER) {
      for (int at = 0; at < SECTOR; at += ENTRY) {
        entry(name(at));
      }
      if (isEncryptedWord()) {
        encrypted.add(AllowedType.DOC);
      }
      if (isEncryptedExcel()) {
        encrypted.add(AllowedType.XLS);
      }
      if (isEncryptedPowerPoint()) {
        encrypted.add(AllowedType.PPT);
      }
    }
    sector.clear();
  }

  private void entry(String name) {
    AllowedType type = STREAMS.get(name);
    if (type != null && found == null) {
      found = type;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    encryptedStream |= ENCRYPTED_STREAMS.contains(lower);
    macros |= MACRO_STREAMS.contains(lower);
  }

  private String name(int at) {
    int length = sector.getShort(at + NAME_LENGTH_AT) - 2; // without the terminating NUL
    if (length <= 0 || length > NAME_LENGTH_AT - 2 || length % 2 != 0) {
      return "";
    }
    byte[] name = new byte[length];
    sector.get(at, name);
    return new String(name, StandardCharsets.UTF_16LE);
  }

  /// The file information block at the start of a Word document (MS-DOC 2.5.2).
  private boolean isEncryptedWord() {
    int version = unsigned(2);
    return unsigned(0) == WORD_MAGIC
        && version >= 0x0065
        && version <= 0x0112
        && (unsigned(10) & WORD_ENCRYPTED) != 0;
  }

  /// The first records of an Excel workbook (MS-XLS 2.4.117): the start, and a password after it.
  private boolean isEncryptedExcel() {
    if (unsigned(0) != EXCEL_START || unsigned(2) > 16) {
      return false;
    }
    for (int at = 0; at + 4 <= SECTOR; at += 4 + unsigned(at + 2)) {
      if (unsigned(at) == EXCEL_PASSWORD) {
        return true;
      }
    }
    return false;
  }

  /// The record of the current user of a presentation (MS-PPT 2.3.2), in a separate stream.
  private boolean isEncryptedPowerPoint() {
    for (int at = 0; at < SECTOR; at += MINI_SECTOR) {
      if (sector.getInt(at) == POWERPOINT_USER && sector.getInt(at + 12) == POWERPOINT_ENCRYPTED) {
        return true;
      }
    }
    return false;
  }

  private int unsigned(int at) {
    return Short.toUnsignedInt(sector.getShort(at));
  }
}
