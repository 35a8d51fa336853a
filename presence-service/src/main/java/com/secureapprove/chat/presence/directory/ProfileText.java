package com.secureapprove.chat.presence.directory;

import com.secureapprove.chat.platform.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// Validates and trims the texts of a profile.
final class ProfileText {
  private static final int LONGEST = 255;

  private ProfileText() {}

  /// Returns the trimmed value; null if it is missing or blank.
  ///
  /// @throws ProblemException 400 if the value is too long or has control characters
  static @Nullable String optional(String field, @Nullable String value) {
    String text = value == null ? "" : checked(field, value);
    return text.isEmpty() ? null : text;
  }

  /// Returns the trimmed value, which must be given.
  ///
  /// @throws ProblemException 400 as [#optional], or if the value is missing or blank
  static String present(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw ProblemException.invalid(field, "must not be empty");
    }
    return checked(field, value);
  }

  /// Returns the trimmed value.
  ///
  /// @throws ProblemException 400 as [#optional]
  static String checked(String field, String value) {
    if (value.codePointCount(0, value.length()) > LONGEST) {
      throw ProblemException.invalid(field, "must be at most " + LONGEST + " characters long");
    }
    if (value.codePoints().anyMatch(c -> Character.isISOControl(c) || isSurrogate(c))) {
      throw ProblemException.invalid(field, "must not contain control characters");
    }
    return value.strip();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
