package com.secureapprove.chat.gateway.http;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Adds `Strict-Transport-Security` to all responses if browsers use TLS. `application.properties`
/// sets the security headers that do not depend on the public URL.
@Singleton
class StrictTransportSecurity {
  private static final String POLICY = "max-age=31536000; includeSubDomains";

  private final PublicOrigin origin;

  StrictTransportSecurity(PublicOrigin origin) {
    this.origin = origin;
  }

  void register(@Observes Router router) {
    if (origin.isSecure()) {
      router
          .route()
          .order(RouteOrder.HEADERS)
          .handler(request -> {
            request.response().putHeader("Strict-Transport-Security", POLICY);
            request.next();
          });
    }
  }
}
