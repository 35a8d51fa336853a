package com.secureapprove.chat.attachment.inspection;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/// Finds the control characters that text does not use, in bytes that arrive in pieces. Not
/// thread-safe.
///
/// The encodings of ISO 2022 switch between sets of characters by escape sequences, and then by the
/// control characters SO and SI. Both are allowed after an escape.
final class ControlCharacters {
  private static final int ESCAPE = 0x1b;
  private static final int SHIFT_OUT = 0x0e;
  private static final int SHIFT_IN = 0x0f;

  /// Ctrl-Z, which ended text files in DOS. Programs still write it as the last character.
  private static final int END_OF_FILE = 0x1a;

  private final CharsetDecoder decoder;
  private final CharBuffer characters = CharBuffer.allocate(4096);
  private final ByteBuffer unread = ByteBuffer.allocate(4096);
  private boolean escaped;
  private boolean ended;

  ControlCharacters(Charset charset) {
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  /// Processes the next bytes. Returns false if they contain a control character that text does not
  /// use.
  boolean accepts(byte[] bytes, int offset, int length) {
    for (int from = offset; from < offset + length; ) {
      int count = Math.min(offset + length - from, unread.remaining());
      unread.put(bytes, from, count).flip();
      from += count;
      characters.clear();
      decoder.decode(unread, characters, false);
      unread.compact();
      characters.flip();
      while (characters.hasRemaining()) {
        if (!accepts(characters.get())) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean accepts(char c) {
    if (c == END_OF_FILE) {
      ended = true;
      return true;
    }
    escaped |= c == ESCAPE;
    boolean space = c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0b;
    boolean shift = escaped && (c == SHIFT_OUT || c == SHIFT_IN);
    return ended ? space : c >= ' ' || space || c == ESCAPE || shift;
  }
}
