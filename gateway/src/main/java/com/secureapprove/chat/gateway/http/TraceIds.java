package com.secureapprove.chat.gateway.http;

import com.secureapprove.chat.platform.logging.LogFields;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Gives every request a trace id: that of its W3C `traceparent` header, or a random one. Upstreams
/// receive it as `X-Request-Id` and in `traceparent`, for a service mesh; clients find it in
/// problems.
@Singleton
class TraceIds {
  static final String KEY = "chat.trace-id";
  static final String HEADER = "X-Request-Id";
  private static final String PARENT = "traceparent";
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

  void register(@Observes Router router) {
    router.route().order(RouteOrder.TRACE).handler(TraceIds::tag);
  }

  private static void tag(RoutingContext request) {
    String parent = request.request().getHeader(PARENT);
    String id = traceOf(parent);
    if (parent == null || !parent.contains(id)) {
      request.request().headers().set(PARENT, "00-" + id + "-" + id.substring(0, 16) + "-00");
    }
    request.put(KEY, id);
    LogFields.trace(id);
    request.request().headers().set(HEADER, id);
    request.next();
  }

  private static String traceOf(@Nullable String traceparent) {
    if (traceparent != null) {
      Matcher matcher = TRACEPARENT.matcher(traceparent);
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    return LogFields.newTrace();
  }
}
