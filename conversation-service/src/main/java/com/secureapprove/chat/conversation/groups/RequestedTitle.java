package com.secureapprove.chat.conversation.groups;

import com.secureapprove.chat.platform.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// A group title from a request.
final class RequestedTitle {
  private static final int LONGEST = 255;

  private RequestedTitle() {}

  /// Strips and validates the title; null if it is blank.
  static @Nullable String of(@Nullable String typed) {
    if (typed == null || typed.isBlank()) {
      return null;
    }
    String title = typed.strip();
    if (title.codePointCount(0, title.length()) > LONGEST) {
      throw ProblemException.invalid("title", "must be at most " + LONGEST + " characters long");
    }
    if (title.codePoints().anyMatch(RequestedTitle::isUnfit)) {
      throw ProblemException.invalid("title", "must not contain control characters");
    }
    return title;
  }

  private static boolean isUnfit(int c) {
    return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
  }
}
