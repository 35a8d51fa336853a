package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.http.RequestEnd;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.platform.logging.LogFields;
import com.secureapprove.chat.platform.tracing.RequestSpans;
import com.secureapprove.chat.platform.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// A span for each request, if tracing is on. The trace id of the request is that of the span. A
/// socket has none: it would last for hours, and each of its messages has its own.
@Singleton
class EnteredRequests {
  private final Tracing tracing;

  EnteredRequests(Tracing tracing) {
    this.tracing = tracing;
  }

  void register(@Observes Router router) {
    if (tracing.isOn()) {
      router.route().order(RouteOrder.SPAN).handler(this::enter);
    }
  }

  private void enter(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.getHeader("Upgrade") == null) {
      String method = RequestLabels.method(request);
      Span span = tracing.enter(method, request.getHeader(Tracing.HEADER));
      String cause = Tracing.causeOf(span);
      request.headers().set(Tracing.HEADER, cause);
      LogFields.trace(cause);
      RequestEnd.of(context)
          .onComplete(_ ->
              RequestSpans.end(
                  span,
                  method,
                  RequestLabels.uri(request.path()),
                  context.response().getStatusCode()));
    }
    context.next();
  }
}
