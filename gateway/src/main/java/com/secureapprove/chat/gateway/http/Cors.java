package com.secureapprove.chat.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Cross-origin access to the API for pages of the allowed origins. They must authenticate with a
/// bearer token: `Access-Control-Allow-Credentials` is never set, so browsers send no cookies.
@Singleton
class Cors {
  private static final String PREFLIGHT_SECONDS = "600";
  private static final String ALLOWED_METHODS = "GET, POST, PATCH, PUT, DELETE";
  private static final String ALLOWED_HEADERS =
      "Authorization, Content-Type, Idempotency-Key, If-None-Match, Range, X-Chat-Session,"
          + " X-Chat-User";
  private static final String EXPOSED_HEADERS =
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
      headers.set("Access-Control-Expose-Headers", EXPOSED_HEADERS);
    }
    if (request.request().method() == HttpMethod.OPTIONS
        && request.request().headers().contains("Access-Control-Request-Method")) {
      if (allowed) {
        headers.set("Access-Control-Allow-Methods", ALLOWED_METHODS);
        headers.set("Access-Control-Allow-Headers", ALLOWED_HEADERS);
        headers.set("Access-Control-Max-Age", PREFLIGHT_SECONDS);
      }
      request.response().setStatusCode(allowed ? 204 : 403).end();
    } else {
      request.next();
    }
  }
}
