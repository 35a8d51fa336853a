package com.secureapprove.chat.gateway.pages;

import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.platform.problem.Problem;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Answers navigations of browsers to paths that no route of the gateway knows with a page. Other
/// clients get a problem.
@Singleton
class UnknownPaths {
  /// The pages of Quarkus in dev mode.
  private static final String DEV_MODE = "/q/";

  private final PageResponses responses;

  UnknownPaths(PageResponses responses) {
    this.responses = responses;
  }

  void register(@Observes Router router) {
    router.get().order(RouteOrder.UNKNOWN_PATH).handler(this::answer);
  }

  private void answer(RoutingContext request) {
    String accept = request.request().getHeader("Accept");
    boolean navigation = accept != null && accept.contains("text/html");
    if (!navigation || request.normalizedPath().startsWith(DEV_MODE)) {
      request.next();
      return;
    }
    Texts texts = PageResponses.texts(request);
    responses.signIn(
        request,
        Problem.NOT_FOUND.status(),
        Templates.notice(
            PageResponses.languageTag(request),
            texts.unknownPage(),
            texts.unknownPageWhy(),
            null,
            null));
  }
}
