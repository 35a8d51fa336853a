package com.secureapprove.chat.gateway.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the requests that are not answered yet. Quarkus's own count goes up with each WebSocket
/// and never down again, so its `quarkus.shutdown.timeout` would always be waited out here.
@Singleton
public class RequestsInFlight {
  private final AtomicInteger count = new AtomicInteger();

  void register(@Observes Router router) {
    router.route().order(RouteOrder.TRACE).handler(this::count);
  }

  private void count(RoutingContext request) {
    if (request.request().getHeader("Upgrade") == null) {
      count.incrementAndGet();
      request.addEndHandler(_ -> count.decrementAndGet());
    }
    request.next();
  }

  /// Whether some are not answered yet.
  public boolean any() {
    return count.get() > 0;
  }
}
