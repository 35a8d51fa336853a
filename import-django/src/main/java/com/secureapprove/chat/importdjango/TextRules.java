package com.secureapprove.chat.importdjango;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rules that this chat has for texts, applied to texts of the old one.
final class TextRules {
  private static final int LONGEST_TITLE = 255;

  private TextRules() {}

  /// The title without control characters, of at most 255 characters; null if nothing is left.
  static @Nullable String title(@Nullable String old) {
    if (old == null) {
      return null;
    }
    StringBuilder title = new StringBuilder();
    old.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
        .forEach(title::appendCodePoint);
    String text = title.toString().strip();
    if (text.codePointCount(0, text.length()) > LONGEST_TITLE) {
      text = text.substring(0, text.offsetByCodePoints(0, LONGEST_TITLE)).strip();
    }
    return text.isEmpty() ? null : text;
  }

  /// The content with U+FFFD in place of what cannot be stored: NUL and unpaired surrogates.
  static String content(String old) {
    boolean isStorable =
        old.codePoints().allMatch(c -> c != 0 && Character.getType(c) != Character.SURROGATE);
    if (isStorable) {
      return old;
    }
    StringBuilder content = new StringBuilder();
    old.codePoints()
        .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
        .forEach(content::appendCodePoint);
    return content.toString();
  }

  /// The key of a 1-to-1 conversation, as conversation-service makes it.
  static String pairKey(String one, String other) {
    return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
  }

  /// A key that no search for a pair finds, for a 1-to-1 that is not the one of its people.
  static String uniqueKey(String pair, UUID conversation) {
    return pair + " " + conversation;
  }
}
