package com.secureapprove.chat.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Lets pages of allowed origins read answers of the API. They sign in by token: cookies are for
/// our own pages alone.
@Singleton
class Cors {
  private static final String METHODS = "GET, POST, PATCH, PUT, DELETE";
  private static final String HEADERS =
      "Authorization, Content-Type, Idempotency-Key, If-None-Match, Range, X-Chat-Session";
  private static final String EXPOSED =
      "Chat-Degraded, Content-Disposition, ETag, Link, Retry-After";

  private final Origins origins;

  Cors(Origins origins) {
    this.origins = origins;
  }

  void register(@Observes Router router) {
    router.route("/api/*").order(RouteOrder.CORS).handler(this::add);
  }

  private void add(RoutingContext request) {
    String origin = request.request().getHeader("Origin");
    MultiMap headers = request.response().headers();
    headers.add("Vary", "Origin");
    boolean allowed = origin != null && origins.allows(origin);
    if (allowed) {
      headers.set("Access-Control-Allow-Origin", origin);
      headers.set("Access-Control-Expose-Headers", EXPOSED);
    }
    if (request.request().method() == HttpMethod.OPTIONS
        && request.request().headers().contains("Access-Control-Request-Method")) {
      if (allowed) {
        headers.set("Access-Control-Allow-Methods", METHODS);
        headers.set("Access-Control-Allow-Headers", HEADERS);
        headers.set("Access-Control-Max-Age", "600");
      }
      request.response().setStatusCode(allowed ? 204 : 403).end();
    } else {
      request.next();
    }
  }
}
