package com.secureapprove.chat.platform.tracing;

import com.secureapprove.chat.platform.logging.LogFields;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// A span for each request that a service answers for a sampled span of its caller.
@Singleton
class ServedRequests {
  /// Where Quarkus keeps the path template of the endpoint, in the context of the request.
  private static final String TEMPLATE = "UrlPathTemplate";

  private final Tracing tracing;
  private final boolean isService;

  ServedRequests(
      Tracing tracing,
      @ConfigProperty(name = "chat.internal.accept", defaultValue = "true") boolean isService) {
    this.tracing = tracing;
    this.isService = isService;
  }

  void register(@Observes Router router) {
    if (isService && tracing.isOn()) {
      router.route().order(Integer.MIN_VALUE + 1).handler(this::serve);
    }
  }

  private void serve(RoutingContext request) {
    String cause = request.request().getHeader(Tracing.HEADER);
    String method = request.request().method().name();
    Span span = tracing.follow(method, SpanKind.SERVER, cause);
    if (span.isRecording()) {
      LogFields.trace(Tracing.causeOf(span));
      Context context = Vertx.currentContext();
      request.addEndHandler(_ ->
          RequestSpans.end(span, method, templateOf(context), request.response().getStatusCode()));
    }
    request.next();
  }

  private static @Nullable String templateOf(@Nullable Context context) {
    return context == null ? null : context.getLocal(TEMPLATE);
  }
}
