package com.secureapprove.chat.gateway.browsersession;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// That the sessions of a name are over.
///
/// @param until of those that began no later, in seconds
/// @param again of those whose token was issued before, in seconds; null where nobody has signed in
///   by that name again
record Revocation(long until, @Nullable Long again) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})(?: ([0-9]{1,12}))?");

  /// What [#toString] made; nothing where it is something else.
  static Optional<Revocation> of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String again = matcher.group(2);
    return Optional.of(
        new Revocation(
            Long.parseLong(matcher.group(1)), again == null ? null : Long.parseLong(again)));
  }

  /// Whether that session is the one by which somebody signed in again, or a later one.
  boolean passesOver(BrowserSession session) {
    return again != null && session.issued().getEpochSecond() >= again;
  }

  /// Which of two counts, whatever came first: the later end, and the first time again after it.
  static Revocation newer(Revocation one, Revocation other) {
    if (one.until != other.until) {
      return one.until > other.until ? one : other;
    }
    if (one.again == null || other.again == null) {
      return one.again == null ? other : one;
    }
    return one.again < other.again ? one : other;
  }

  @Override
  public String toString() {
    return again == null ? Long.toString(until) : until + " " + again;
  }
}
