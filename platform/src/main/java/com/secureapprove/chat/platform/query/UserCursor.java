package com.secureapprove.chat.platform.query;

import com.secureapprove.chat.platform.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The cursor of a page of people, ordered by id. Opaque to clients.
///
/// @param after the id of the last person, empty before the first page
public record UserCursor(String after) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /// Parses a query parameter.
  ///
  /// @throws ProblemException 400 if the cursor is invalid
  public static UserCursor of(@Nullable String parameter) {
    if (parameter == null) {
      return new UserCursor("");
    }
    if (!ID.matcher(parameter).matches()) {
      throw ProblemException.invalid("cursor", "invalid cursor");
    }
    return new UserCursor(parameter);
  }
}
