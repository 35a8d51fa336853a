package com.secureapprove.chat.platform.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/// What the spans of HTTP requests contain.
public final class RequestSpans {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final int SERVER_ERROR = 500;

  private RequestSpans() {}

  /// Ends the span of an answered request.
  ///
  /// @param template the path with the names of its parameters instead of their values; null if the
  ///   path is unknown
  public static void end(Span span, String method, @Nullable String template, int status) {
    if (template != null) {
      span.updateName(method + " " + template);
      span.setAttribute(ROUTE, template);
    }
    span.setAttribute(METHOD, method);
    span.setAttribute(STATUS, (long) status);
    if (status >= SERVER_ERROR) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }
}
