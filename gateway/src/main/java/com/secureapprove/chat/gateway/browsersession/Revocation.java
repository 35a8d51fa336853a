package com.secureapprove.chat.gateway.browsersession;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Revokes the sessions of one name: a session id or an account.
///
/// @param until revokes sessions that began at or before this time, in epoch seconds
/// @param reinstated reinstates tokens issued at or after this time, in epoch seconds; null until
///   the person signs in again under the same name
record Revocation(long until, @Nullable Long reinstated) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})(?: ([0-9]{1,12}))?");

  /// Parses the result of [#toString]; empty if the text is malformed.
  static Optional<Revocation> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String reinstated = matcher.group(2);
    return Optional.of(
        new Revocation(
            Long.parseLong(matcher.group(1)),
            reinstated == null ? null : Long.parseLong(reinstated)));
  }

  /// Whether the session's current token was issued after the person signed in again.
  boolean isReinstated(BrowserSession session) {
    return reinstated != null && session.issued().getEpochSecond() >= reinstated;
  }

  /// Merges two revocations of a name in any order: the later `until` wins, then the earlier
  /// `reinstated`.
  static Revocation merge(Revocation one, Revocation other) {
    if (one.until != other.until) {
      return one.until > other.until ? one : other;
    }
    if (one.reinstated == null || other.reinstated == null) {
      return one.reinstated == null ? other : one;
    }
    return one.reinstated < other.reinstated ? one : other;
  }

  @Override
  public String toString() {
    return reinstated == null ? Long.toString(until) : until + " " + reinstated;
  }
}
