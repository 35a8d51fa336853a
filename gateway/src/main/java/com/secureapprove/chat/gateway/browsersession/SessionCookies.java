package com.secureapprove.chat.gateway.browsersession;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The names of cookies, which the OpenID Connect extension chooses: `q_session_<organisation>` for
/// a session, `q_auth_<organisation>_<state>` for a sign-in that has not been completed.
///
/// Browsers see them with the prefix `__Host-` where the origin is https; see [HostCookies].
public final class SessionCookies {
  static final String HOST_PREFIX = "__Host-";
  private static final String SESSION = "q_session";
  private static final String STATE = "q_auth";

  private SessionCookies() {}

  /// Whether a cookie belongs to a session, or to a session of an earlier release.
  public static boolean isSessionCookie(Cookie cookie) {
    return withoutPrefix(cookie.getName()).startsWith(SESSION);
  }

  /// Whether a cookie belongs to a sign-in that has not been completed.
  public static boolean isStateCookie(Cookie cookie) {
    return withoutPrefix(cookie.getName()).startsWith(STATE);
  }

  /// Whether the extension reads cookies of this name.
  static boolean isOfExtension(String name) {
    return name.startsWith(SESSION) || name.startsWith(STATE) || name.startsWith("q_post_logout");
  }

  /// The cookies of sign-ins that have not been completed, oldest first, as browsers order them.
  public static List<Cookie> stateCookies(HttpServerRequest request) {
    return request.cookies().stream().filter(SessionCookies::isStateCookie).toList();
  }

  /// The short names of the organisations whose session cookies a request has.
  public static Stream<String> organisationsOf(HttpServerRequest request) {
    String prefix = SESSION + "_";
    return request.cookies().stream()
        .map(Cookie::getName)
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()).split("_", 2)[0]);
  }

  /// Keeps the session cookie, which the extension removes if it cannot read the session.
  public static void keepSession(RoutingContext request) {
    request.put(HostCookies.KEEP_SESSION, Boolean.TRUE);
  }

  /// Removes the matching cookies of a request from the browser.
  ///
  /// @param secure whether the cookies were set for https only
  public static void remove(RoutingContext request, boolean secure, Predicate<Cookie> which) {
    request.request().cookies().stream()
        .filter(which)
        .map(cookie ->
            Cookie.cookie(cookie.getName(), "").setPath("/").setSecure(secure).setMaxAge(0))
        .toList()
        .forEach(request.response()::addCookie);
  }

  private static String withoutPrefix(String name) {
    return name.startsWith(HOST_PREFIX) ? name.substring(HOST_PREFIX.length()) : name;
  }
}
