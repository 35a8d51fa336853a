package com.secureapprove.chat.attachment.inspection;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/// Sanitizes file names for storage, display and headers.
public final class SafeFileNames {
  private static final int LONGEST = 200;

  private SafeFileNames() {}

  /// Returns the last path segment, without control characters and bidirectional marks. Replaces
  /// characters that file systems reject. Shortens long names but keeps the extension. Never empty.
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
    return stripped.isEmpty() ? "file" : shortened(stripped);
  }

  private static boolean isAllowed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String shortened(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String ending = dot > 0 && name.length() - dot <= 10 ? name.substring(dot) : "";
    int cut = LONGEST - ending.length();
    if (Character.isLowSurrogate(name.charAt(cut))) {
      cut--;
    }
    return name.substring(0, cut) + ending;
  }
}
