package com.secureapprove.chat.gateway.pages;

import com.secureapprove.chat.gateway.browsersession.SessionCookies;
import com.secureapprove.chat.gateway.http.PublicOrigin;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;

/// The cookies of sign-ins that have not been completed. A browser has few of them, so that
/// abandoned sign-ins cannot fill the headers of later requests.
@Singleton
class SignInCookies {
  private static final int MAX_STARTED = 4;
  private static final String REPEATED = "chat_sign_in_again";
  private static final long REPEATED_SECONDS = 60;

  private final PublicOrigin origin;

  SignInCookies(PublicOrigin origin) {
    this.origin = origin;
  }

  /// Removes the oldest sign-ins before another one starts.
  void limitStarted(RoutingContext request) {
    List<Cookie> started = SessionCookies.stateCookies(request.request());
    started
        .subList(0, Math.max(0, started.size() - MAX_STARTED + 1))
        .forEach(cookie -> remove(request, cookie.getName()));
  }

  /// Whether the browser was sent to the issuer a moment ago because its session was not valid.
  boolean isRepeated(RoutingContext request) {
    return request.request().getCookie(REPEATED) != null;
  }

  void repeating(RoutingContext request) {
    request
        .response()
        .addCookie(
            Cookie.cookie(REPEATED, "1")
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(origin.isSecure())
                .setSameSite(CookieSameSite.LAX)
                .setMaxAge(REPEATED_SECONDS));
  }

  /// Removes the cookies of all sign-ins: one has ended, and the others have no further use.
  void completed(RoutingContext request) {
    SessionCookies.stateCookies(request.request())
        .forEach(cookie -> remove(request, cookie.getName()));
    if (isRepeated(request)) {
      remove(request, REPEATED);
    }
  }

  private void remove(RoutingContext request, String name) {
    request
        .response()
        .addCookie(Cookie.cookie(name, "").setPath("/").setSecure(origin.isSecure()).setMaxAge(0));
  }
}
