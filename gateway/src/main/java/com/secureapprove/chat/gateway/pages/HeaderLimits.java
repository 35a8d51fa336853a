package com.secureapprove.chat.gateway.pages;

import com.secureapprove.chat.gateway.browsersession.SessionCookies;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.http.PublicOrigin;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/// Refuses requests whose headers are too large, and removes the gateway's cookies then. Otherwise
/// a browser with large cookies would get an error on every page until the person deletes them.
@Singleton
class HeaderLimits {
  private static final int MAX_BYTES = 32 << 10;
  private static final int SEPARATORS = 4;

  private final PublicOrigin origin;
  private final PageResponses responses;
  private final Problems problems;

  HeaderLimits(PublicOrigin origin, PageResponses responses, Problems problems) {
    this.origin = origin;
    this.responses = responses;
    this.problems = problems;
  }

  void register(@Observes Router router) {
    router.route().order(RouteOrder.HEADERS).handler(this::check);
  }

  private void check(RoutingContext request) {
    int bytes = request.request().uri().length();
    for (Map.Entry<String, String> header : request.request().headers()) {
      bytes += header.getKey().length() + header.getValue().length() + SEPARATORS;
    }
    if (bytes <= MAX_BYTES) {
      request.next();
      return;
    }
    SessionCookies.remove(
        request,
        origin.isSecure(),
        cookie -> SessionCookies.isSessionCookie(cookie) || SessionCookies.isStateCookie(cookie));
    String accept = request.request().getHeader("Accept");
    if (accept != null && accept.startsWith("text/html")) {
      Texts texts = PageResponses.texts(request);
      responses.signIn(
          request,
          Problem.HEADERS_TOO_LARGE.status(),
          Templates.notice(
              PageResponses.languageTag(request),
              texts.tooLarge(),
              texts.tooLargeWhy(),
              null,
              null));
    } else {
      problems.answer(
          request,
          new ProblemException(
              Problem.HEADERS_TOO_LARGE,
              "The headers of the request are larger than 32 KiB; the cookies were removed"));
    }
  }
}
