package com.secureapprove.chat.gateway.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts requests without a complete response, for graceful shutdown. Quarkus counts each
/// WebSocket and never decrements, so a shutdown would always take the whole
/// `quarkus.shutdown.timeout`.
@Singleton
public class RequestsInFlight {
  private final AtomicInteger count = new AtomicInteger();

  void register(@Observes Router router) {
    router.route().order(RouteOrder.TRACE).handler(this::count);
  }

  private void count(RoutingContext request) {
    if (request.request().getHeader("Upgrade") == null) {
      count.incrementAndGet();
      RequestEnd.of(request).onComplete(_ -> count.decrementAndGet());
    }
    request.next();
  }

  /// Whether any request is in flight.
  public boolean any() {
    return count.get() > 0;
  }
}
