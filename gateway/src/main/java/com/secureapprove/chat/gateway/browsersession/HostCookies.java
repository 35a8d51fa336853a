package com.secureapprove.chat.gateway.browsersession;

import com.secureapprove.chat.gateway.http.PublicOrigin;
import com.secureapprove.chat.gateway.http.RouteOrder;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.ServerCookie;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Gives the cookies of sessions and sign-ins the prefix `__Host-` where the origin is https, so
/// that a neighbouring host cannot set them. The OpenID Connect extension cannot use the prefix, so
/// requests and responses are rewritten. Cookies without the prefix are ignored then.
@Singleton
class HostCookies {
  /// A request attribute: the response must not remove the session cookie, because the session may
  /// still exist.
  static final String KEEP_SESSION = "chat.keep-session-cookie";

  private final boolean prefixed;

  HostCookies(PublicOrigin origin) {
    this.prefixed = origin.isSecure();
  }

  void register(@Observes Router router) {
    router.route().order(RouteOrder.TRACE).handler(this::rewrite);
  }

  private void rewrite(RoutingContext request) {
    if (prefixed) {
      List<String> headers = request.request().headers().getAll("Cookie");
      if (!headers.isEmpty()) {
        String cookies = withoutPrefix(headers);
        request.request().headers().remove("Cookie");
        if (!cookies.isEmpty()) {
          request.request().headers().set("Cookie", cookies);
        }
      }
    }
    request.addHeadersEndHandler(_ -> prepare(request));
    request.next();
  }

  private static String withoutPrefix(List<String> headers) {
    return headers.stream()
        .flatMap(header -> Stream.of(header.split(";")))
        .map(String::strip)
        .filter(cookie -> !SessionCookies.isOfExtension(cookie))
        .map(cookie ->
            cookie.startsWith(SessionCookies.HOST_PREFIX + "q_")
                ? cookie.substring(SessionCookies.HOST_PREFIX.length())
                : cookie)
        .collect(Collectors.joining("; "));
  }

  private void prepare(RoutingContext request) {
    HttpServerResponse response = request.response();
    boolean keep = request.get(KEEP_SESSION) != null;
    for (Cookie cookie : List.copyOf(request.request().cookies())) {
      if (!(cookie instanceof ServerCookie changed) || !changed.isChanged()) {
        continue;
      }
      if (keep && SessionCookies.isSessionCookie(cookie)) {
        response.removeCookie(cookie.getName(), false);
      } else if (prefixed && SessionCookies.isOfExtension(cookie.getName())) {
        response.removeCookie(cookie.getName(), false);
        response.addCookie(withPrefix(cookie));
      }
    }
  }

  private static Cookie withPrefix(Cookie cookie) {
    Cookie named =
        Cookie.cookie(SessionCookies.HOST_PREFIX + cookie.getName(), cookie.getValue())
            .setPath("/")
            .setSecure(true)
            .setHttpOnly(true)
            .setSameSite(CookieSameSite.LAX);
    long age = cookie.getMaxAge();
    return age == Long.MIN_VALUE ? named : named.setMaxAge(age);
  }
}
