package com.secureapprove.chat.gateway.browsersession;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.stream.Stream;

/// The names of session cookies, which the OpenID Connect extension chooses: `q_session_<id>`, with
/// further suffixes if the content needs several cookies.
public final class SessionCookies {
  private static final String PREFIX = "q_session";

  private SessionCookies() {}

  /// Whether a cookie belongs to a session.
  public static boolean isSessionCookie(Cookie cookie) {
    return cookie.getName().startsWith(PREFIX);
  }

  /// The short names of the organisations whose session cookies a request has.
  public static Stream<String> organisationsOf(HttpServerRequest request) {
    String prefix = PREFIX + "_";
    return request.cookies().stream()
        .map(Cookie::getName)
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()).split("_", 2)[0]);
  }
}
