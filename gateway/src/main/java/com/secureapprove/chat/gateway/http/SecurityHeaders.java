package com.secureapprove.chat.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Headers on every answer. Pages add a content security policy of their own; everything else may
/// load nothing and be framed by nobody.
@Singleton
class SecurityHeaders {
  private static final String POLICY = "Content-Security-Policy";

  private final PublicOrigin origin;

  SecurityHeaders(PublicOrigin origin) {
    this.origin = origin;
  }

  void register(@Observes Router router) {
    router.route().order(RouteOrder.HEADERS).handler(this::add);
  }

  private void add(RoutingContext request) {
    MultiMap headers = request.response().headers();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set(POLICY, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
    headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    if (origin.isSecure()) {
      headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
    request.next();
  }
}
