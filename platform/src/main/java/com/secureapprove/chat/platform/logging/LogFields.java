package com.secureapprove.chat.platform.logging;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// The fields `trace_id` and `tenant` of the log lines of a request, and `span_id` if there are
/// spans. They follow the request to other threads, and end with it.
@Singleton
public class LogFields {
  private static final String TRACE = "trace_id";
  private static final String SPAN = "span_id";
  private static final String TENANT = "tenant";

  /// The header in which a component passes the trace id on.
  public static final String HEADER = "X-Request-Id";

  private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");

  /// A W3C `traceparent`. The last group matches if its span is sampled.
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-(?:[0-9a-f]([13579bdf])|[0-9a-f]{2})");

  private final boolean isService;

  LogFields(
      @ConfigProperty(name = "chat.internal.accept", defaultValue = "true") boolean isService) {
    this.isService = isService;
  }

  /// A service takes the trace id that the gateway has set. The gateway does not trust the header
  /// of a client.
  void register(@Observes Router router) {
    if (isService) {
      router.route().order(Integer.MIN_VALUE).handler(LogFields::takeTrace);
    }
  }

  private static void takeTrace(RoutingContext request) {
    trace(request.request().getHeader(HEADER));
    request.next();
  }

  /// Sets the trace id of the present request, and its span if it has one.
  ///
  /// @param cause a trace id, or the `traceparent` of a span; anything else is ignored
  public static void trace(@Nullable String cause) {
    if (cause == null) {
      return;
    }
    if (TRACE_ID.matcher(cause).matches()) {
      MDC.put(TRACE, cause);
      return;
    }
    Matcher traceparent = TRACEPARENT.matcher(cause);
    if (traceparent.matches()) {
      MDC.put(TRACE, traceparent.group(1));
      if (traceparent.group(3) != null) {
        MDC.put(SPAN, traceparent.group(2));
      }
    }
  }

  /// A random trace id, for work that no request causes.
  public static String newTrace() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return HexFormat.of().toHexDigits(random.nextLong())
        + HexFormat.of().toHexDigits(random.nextLong());
  }

  /// Runs work on an event with the trace id of the request that caused it.
  ///
  /// @param cause as [#trace(String)]; null if it is unknown
  public static <T> T callWithin(@Nullable String cause, Callable<T> work) throws Exception {
    trace(cause);
    try {
      return work.call();
    } finally {
      MDC.remove(TRACE);
      MDC.remove(SPAN);
    }
  }

  /// The trace id of the present request; empty outside of one.
  public static Optional<String> trace() {
    return MDC.get(TRACE) instanceof String id ? Optional.of(id) : Optional.empty();
  }

  /// The `traceparent` of the present request if it has a sampled span, otherwise its trace id;
  /// empty outside of a request.
  public static Optional<String> cause() {
    return MDC.get(SPAN) instanceof String span
        ? trace().map(id -> "00-" + id + "-" + span + "-01")
        : trace();
  }

  /// Sets the tenant of the present request, after its credentials were verified.
  public static void tenant(String tenant) {
    MDC.put(TENANT, tenant);
  }
}
