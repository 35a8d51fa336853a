package com.secureapprove.chat.presence.directory;

import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.platform.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// The data of a person from an administrator or an identity provider, validated and trimmed.
///
/// @param externalId null if the provider sends none
public record Profile(
    @Nullable String externalId, String userName, Names names, String email, boolean active) {
  private static final int LONGEST = 255;

  public Profile {
    externalId = optional("externalId", externalId);
    userName = present("userName", userName);
    email = email == null ? "" : checked("email", email);
  }

  static Profile of(People.Entry entry) {
    return new Profile(
        entry.externalId(),
        entry.userName(),
        Names.of(entry.name()),
        entry.email(),
        entry.active());
  }

  /// Returns the name that others see.
  String name() {
    return names.shown(userName);
  }

  /// Returns the trimmed value; null if it is missing or blank.
  ///
  /// @throws ProblemException 400 if the value is too long or has control characters
  static @Nullable String optional(String field, @Nullable String value) {
    String text = value == null ? "" : checked(field, value);
    return text.isEmpty() ? null : text;
  }

  private static String present(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw ProblemException.invalid(field, "must not be empty");
    }
    return checked(field, value);
  }

  private static String checked(String field, String value) {
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
