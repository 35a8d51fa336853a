package com.secureapprove.chat.attachment.inspection;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Sanitizes file names for storage, display and headers.
public final class SafeFileNames {
  /// In Unicode code points, so at most 800 bytes in UTF-8.
  private static final int LONGEST = 200;

  private static final int LONGEST_ENDING = 20;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private SafeFileNames() {}

  /// Returns the last path segment, without control characters and bidirectional controls. Keeps
  /// the joiners of Persian, Hindi and emoji. Replaces characters that file systems reject.
  /// Shortens a name to 200 code points but keeps the extension. Never empty.
  public static String sanitized(@Nullable String given) {
    String name = Normalizer.normalize(given == null ? "" : given, Normalizer.Form.NFC);
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder kept = new StringBuilder();
    name.codePoints()
        .filter(SafeFileNames::isAllowed)
        .map(c -> "\"<>:|?*".indexOf(c) < 0 ? c : '_')
        .forEach(kept::appendCodePoint);
    String stripped = kept.toString().strip();
    while (stripped.startsWith(".")) {
      stripped = stripped.substring(1).strip();
    }
    return isBlank(stripped) ? "file" : shortened(stripped);
  }

  private static boolean isAllowed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT -> isPartOfWritten(c);
      case Character.UNASSIGNED -> !isNoncharacter(c);
      default -> true;
    };
  }

  /// Format characters that change how their neighbours are written: joiners, the signs before
  /// Arabic and other numbers, and the tags in the emoji of regional flags.
  private static boolean isPartOfWritten(int c) {
    return switch (c) {
      case ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_JOINER -> true;
      case 0x06dd, 0x070f, 0x0890, 0x0891, 0x08e2, 0x110bd, 0x110cd -> true;
      default -> (c >= 0x0600 && c <= 0x0605) || (c >= 0xe0020 && c <= 0xe007f);
    };
  }

  private static boolean isNoncharacter(int c) {
    return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
  }

  private static boolean isBlank(String name) {
    return name.codePoints()
        .allMatch(c -> Character.isWhitespace(c) || Character.getType(c) == Character.FORMAT);
  }

  private static String shortened(String name) {
    if (codePoints(name) <= LONGEST) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String ending = dot > 0 ? name.substring(dot) : "";
    if (codePoints(ending) > LONGEST_ENDING) {
      ending = "";
    }
    return start(name, LONGEST - codePoints(ending)).strip() + ending;
  }

  /// The first characters as people see them, such as an emoji of several code points. At most
  /// `longest` code points.
  private static String start(String name, int longest) {
    int most = name.offsetByCodePoints(0, longest);
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(name);
    int end = characters.isBoundary(most) ? most : characters.preceding(most);
    return name.substring(0, end > 0 ? end : most);
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }
}
