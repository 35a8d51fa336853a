package com.secureapprove.chat.gateway.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Headers of the static files. Pages of any origin may load the script. Its URL is fixed, so
/// caches must revalidate it soon to find a new version.
@Singleton
class StaticFileHeaders {
  private static final String CACHE_CONTROL = "public, max-age=300";

  void register(@Observes Router router) {
    router.route("/tenant_chat.js").order(RouteOrder.STATIC).handler(StaticFileHeaders::script);
    router.route("/pages/*").order(RouteOrder.STATIC).handler(StaticFileHeaders::limitCaching);
  }

  private static void script(RoutingContext request) {
    request.response().putHeader("Cross-Origin-Resource-Policy", "cross-origin");
    request.response().putHeader("Access-Control-Allow-Origin", "*");
    limitCaching(request);
  }

  private static void limitCaching(RoutingContext request) {
    // set when the headers are written: the static file handler sets its own value before
    request.addHeadersEndHandler(_ -> request.response().putHeader("Cache-Control", CACHE_CONTROL));
    request.next();
  }
}
