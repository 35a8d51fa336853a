package com.secureapprove.chat.attachment.inspection;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How the bytes of a text are read.
///
/// UTF-8 and the 8-bit code pages are read as ISO 8859-1: they share the ASCII characters, which
/// are the only ones that the inspection needs.
///
/// @param charset ISO 8859-1, or UTF-16 or UTF-32 with their byte order
/// @param mark the length of the byte order mark in bytes
record TextEncoding(Charset charset, int mark) {
  private static final int[] UTF_8_MARK = {0xef, 0xbb, 0xbf};
  private static final int[] UTF_32LE_MARK = {0xff, 0xfe, 0, 0};
  private static final int[] UTF_32BE_MARK = {0, 0, 0xfe, 0xff};
  private static final int[] UTF_16LE_MARK = {0xff, 0xfe};
  private static final int[] UTF_16BE_MARK = {0xfe, 0xff};

  /// Without a byte order mark, so many characters must agree on the byte order.
  private static final int MIN_CHARACTERS = 4;

  private static final int EAST_ASIAN = 0x4e;

  /// What a decoder returns for bytes that are no character.
  private static final int REPLACEMENT = 0xfffd;

  /// Detects the encoding from the first bytes; empty if they are not text.
  static Optional<TextEncoding> of(byte[] head) {
    return marked(head)
        .or(() -> readable(new TextEncoding(StandardCharsets.ISO_8859_1, 0), head))
        .or(() -> unmarked(head));
  }

  private static Optional<TextEncoding> marked(byte[] head) {
    if (startsWith(head, UTF_8_MARK)) {
      return readable(new TextEncoding(StandardCharsets.ISO_8859_1, 3), head);
    }
    if (startsWith(head, UTF_32LE_MARK)) {
      return readable(new TextEncoding(Charset.forName("UTF-32LE"), 4), head);
    }
    if (startsWith(head, UTF_32BE_MARK)) {
      return readable(new TextEncoding(Charset.forName("UTF-32BE"), 4), head);
    }
    if (startsWith(head, UTF_16LE_MARK)) {
      return readable(new TextEncoding(StandardCharsets.UTF_16LE, 2), head);
    }
    if (startsWith(head, UTF_16BE_MARK)) {
      return readable(new TextEncoding(StandardCharsets.UTF_16BE, 2), head);
    }
    return Optional.empty();
  }

  /// UTF-32 or UTF-16 without a byte order mark. Only an unambiguous file is accepted: all
  /// characters are assigned. Two of the four bytes of UTF-32 are always almost zero. In UTF-16,
  /// almost all characters must come from ASCII and one other script.
  private static Optional<TextEncoding> unmarked(byte[] head) {
    for (String name : new String[] {"UTF-32LE", "UTF-32BE"}) {
      TextEncoding encoding = new TextEncoding(Charset.forName(name), 0);
      if (isAssigned(whole(encoding.text(head)))) {
        return readable(encoding, head);
      }
    }
    for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
      TextEncoding encoding = new TextEncoding(charset, 0);
      String text = whole(encoding.text(head));
      if (isAssigned(text) && isOneScript(text)) {
        return readable(encoding, head);
      }
    }
    return Optional.empty();
  }

  /// The first bytes of a file may end within a character.
  private static String whole(String text) {
    return text.isEmpty() ? text : text.substring(0, text.offsetByCodePoints(text.length(), -1));
  }

  private static boolean isAssigned(String text) {
    return text.length() >= MIN_CHARACTERS && text.codePoints().allMatch(TextEncoding::isAssigned);
  }

  private static boolean isOneScript(String text) {
    int[] blocks = new int[256];
    text.chars().forEach(c -> blocks[block(c)]++);
    int ascii = blocks[0];
    blocks[0] = 0;
    int other = 0;
    for (int count : blocks) {
      other = Math.max(other, count);
    }
    return ascii * 20 >= text.length() && (ascii + other) * 10 >= text.length() * 9;
  }

  /// The block of 256 characters. The scripts of Chinese, Japanese and Korean count as one.
  private static int block(int c) {
    boolean eastAsian = (c >= 0x3000 && c < 0xd7b0) || (c >= 0xff00 && c < 0xfff0);
    return eastAsian ? EAST_ASIAN : c >> 8;
  }

  private static boolean isAssigned(int c) {
    int type = Character.getType(c);
    return c != REPLACEMENT
        && type != Character.UNASSIGNED
        && type != Character.SURROGATE
        && type != Character.PRIVATE_USE;
  }

  private static Optional<TextEncoding> readable(TextEncoding encoding, byte[] head) {
    ControlCharacters controls = new ControlCharacters(encoding.charset());
    return controls.accepts(head, 0, head.length) ? Optional.of(encoding) : Optional.empty();
  }

  /// The text without the byte order mark.
  String text(byte[] head) {
    return new String(head, mark, head.length - mark, charset);
  }

  private static boolean startsWith(byte[] head, int[] mark) {
    for (int i = 0; i < mark.length; i++) {
      if (head.length <= i || Byte.toUnsignedInt(head[i]) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
