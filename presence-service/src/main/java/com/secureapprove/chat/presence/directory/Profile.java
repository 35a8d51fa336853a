package com.secureapprove.chat.presence.directory;

import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.platform.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// The data of a person from an administrator or an identity provider, validated and trimmed.
///
/// @param externalId null if the provider sends none
public record Profile(
    @Nullable String externalId, String userName, String name, String email, boolean active) {
  private static final int LONGEST = 255;

  public Profile {
    String id = externalId == null ? "" : checked("external_id", externalId);
    externalId = id.isEmpty() ? null : id;
    userName = present("user_name", userName);
    email = email == null ? "" : checked("email", email);
    String displayName = name == null ? "" : checked("name", name);
    name = displayName.isEmpty() ? userName : displayName;
  }

  static Profile of(People.Entry entry) {
    return new Profile(
        entry.externalId(), entry.userName(), entry.name(), entry.email(), entry.active());
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
