package com.secureapprove.chat.platform.query;

import com.secureapprove.chat.platform.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a page of people ended that is ordered by their ids. Opaque to clients.
///
/// @param after the last one's id, empty before the first page
public record UserCursor(String after) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /// That of a query.
  ///
  /// @throws ProblemException 400 where it cannot be one of ours
  public static UserCursor of(@Nullable String parameter) {
    if (parameter == null) {
      return new UserCursor("");
    }
    if (!ID.matcher(parameter).matches()) {
      throw ProblemException.invalid("cursor", "is not one of ours");
    }
    return new UserCursor(parameter);
  }
}
