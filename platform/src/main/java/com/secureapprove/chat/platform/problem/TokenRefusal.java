package com.secureapprove.chat.platform.problem;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The reason for which a component refuses the internal token of a call, as it travels in the
/// header `WWW-Authenticate` (RFC 6750).
public final class TokenRefusal {
  private static final Pattern DESCRIPTION = Pattern.compile("error_description=\"([^\"]*)\"");
  private static final Pattern UNSAFE = Pattern.compile("[^ -~]|[\"\\\\]");

  private TokenRefusal() {}

  static String challenge(String reason) {
    return "Bearer error=\"invalid_token\", error_description=\""
        + UNSAFE.matcher(reason).replaceAll("?")
        + '"';
  }

  /// The reason in a challenge, for logs.
  ///
  /// @param challenge the value of `WWW-Authenticate`, null if the response has none
  public static String reasonIn(@Nullable String challenge) {
    Matcher description = DESCRIPTION.matcher(challenge == null ? "" : challenge);
    return "internal token refused: " + (description.find() ? description.group(1) : "no reason");
  }
}
