package com.secureapprove.chat.gateway.browsersession;

import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/// The names of cookies that can be configured.
@Singleton
public class SessionCookieNames {
  /// A cookie name (RFC 6265) that no other cookie of the gateway has.
  private static final Pattern NAME = Pattern.compile("(?!q_|__)[A-Za-z0-9_.-]{1,64}");

  private final String csrf;

  /// @throws IllegalStateException if the name is not that of a cookie
  SessionCookieNames(SessionsConfig config) {
    csrf = config.csrfCookie();
    if (!NAME.matcher(csrf).matches()) {
      throw new IllegalStateException("chat.sessions.csrf-cookie is not a cookie name: " + csrf);
    }
  }

  /// The cookie with the CSRF token, which scripts can read.
  public String csrf() {
    return csrf;
  }
}
