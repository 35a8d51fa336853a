package com.secureapprove.chat.gateway.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The script that host pages load has a fixed name: any page may load it, and a cache must soon
/// ask again whether there is a newer one.
@Singleton
class ScriptHeaders {
  private static final String FRESH = "public, max-age=300";

  void register(@Observes Router router) {
    router.route("/tenant_chat.js").order(RouteOrder.STATIC).handler(ScriptHeaders::script);
    router.route("/pages/*").order(RouteOrder.STATIC).handler(ScriptHeaders::fresh);
  }

  private static void script(RoutingContext request) {
    request.response().putHeader("Cross-Origin-Resource-Policy", "cross-origin");
    request.response().putHeader("Access-Control-Allow-Origin", "*");
    fresh(request);
  }

  private static void fresh(RoutingContext request) {
    // the static files' own handler sets another one on the way
    request.addHeadersEndHandler(_ -> request.response().putHeader("Cache-Control", FRESH));
    request.next();
  }
}
