package com.secureapprove.chat.gateway.pages;

import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/// Answers the methods that a page does not have, as the API does: OPTIONS with `Allow`, all others
/// with a problem.
@Singleton
class PageMethods {
  private static final int NO_CONTENT = 204;
  private static final String ALLOWED = "GET, HEAD, OPTIONS";
  private static final List<String> PAGES =
      List.of(
          "/",
          "/t",
          "/t/:organisation",
          "/t/:organisation/",
          "/chat",
          "/chat/",
          "/developers",
          "/developers/",
          "/session");

  private final Problems problems;

  PageMethods(Problems problems) {
    this.problems = problems;
  }

  void register(@Observes Router router) {
    PAGES.forEach(path -> router.route(path).order(RouteOrder.OTHER_METHODS).handler(this::answer));
  }

  private void answer(RoutingContext request) {
    request.response().putHeader("Allow", ALLOWED);
    if (!request.request().method().equals(HttpMethod.OPTIONS)) {
      problems.answer(
          request, new ProblemException(Problem.METHOD_NOT_ALLOWED, "Allowed methods: " + ALLOWED));
      return;
    }
    request.response().setStatusCode(NO_CONTENT).end();
    if (!request.request().isEnded()) {
      request.request().resume();
    }
  }
}
