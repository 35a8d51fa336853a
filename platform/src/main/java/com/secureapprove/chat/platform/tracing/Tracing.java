package com.secureapprove.chat.platform.tracing;

import com.secureapprove.chat.platform.logging.LogFields;
import com.secureapprove.chat.platform.problem.Dependencies;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Starts spans. While tracing is off, each span is [Span#getInvalid], which ignores everything.
/// Thread-safe.
///
/// The cause of a span is a text: the W3C `traceparent` of a sampled span. The fields that carry a
/// trace id between components carry it too, so a former release only misses the trace id.
@Singleton
public class Tracing {
  /// The header that carries a cause.
  public static final String HEADER = "traceparent";

  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

  private final @Nullable SpanExport export;

  Tracing(
      TracingConfig config,
      Dependencies dependencies,
      @ConfigProperty(name = "chat.internal.part") String part) {
    export =
        config
            .endpoint()
            .map(endpoint -> new SpanExport(endpoint, config.ratio(), part, dependencies))
            .orElse(null);
  }

  @PreDestroy
  void close() {
    if (export != null) {
      export.close();
    }
  }

  /// Whether spans are exported.
  public boolean isOn() {
    return export != null;
  }

  /// Starts a span of a request from outside. It continues the trace of the client if there is one,
  /// but the client does not decide whether it is sampled.
  ///
  /// @param cause a `traceparent`; anything else begins a new trace
  public Span enter(String name, @Nullable String cause) {
    return export == null
        ? Span.getInvalid()
        : builder(export, name, SpanKind.SERVER, contextOf(cause)).startSpan();
  }

  /// Starts a span of work that another span causes; an invalid span if that one is not sampled.
  ///
  /// @param cause a `traceparent`, or anything else if there is none
  public Span follow(String name, SpanKind kind, @Nullable String cause) {
    return follow(name, kind, cause, null);
  }

  /// Like [#follow(String, SpanKind, String)], for work that has begun already.
  ///
  /// @param start null for now
  public Span follow(String name, SpanKind kind, @Nullable String cause, @Nullable Instant start) {
    if (export == null) {
      return Span.getInvalid();
    }
    SpanContext parent = contextOf(cause);
    if (!parent.isSampled()) {
      return Span.getInvalid();
    }
    SpanBuilder builder = builder(export, name, kind, parent);
    if (start != null) {
      builder.setStartTimestamp(start);
    }
    return builder.startSpan();
  }

  private static SpanBuilder builder(
      SpanExport export, String name, SpanKind kind, SpanContext parent) {
    return export
        .tracer()
        .spanBuilder(name)
        .setSpanKind(kind)
        .setParent(Context.root().with(Span.wrap(parent)));
  }

  /// The `traceparent` of a span; a random trace id if there is no span.
  public static String causeOf(Span span) {
    SpanContext context = span.getSpanContext();
    return context.isValid()
        ? "00-%s-%s-%s"
            .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex())
        : LogFields.newTrace();
  }

  private static SpanContext contextOf(@Nullable String cause) {
    Matcher matcher = TRACEPARENT.matcher(cause == null ? "" : cause);
    return matcher.matches()
        ? SpanContext.createFromRemoteParent(
            matcher.group(1),
            matcher.group(2),
            TraceFlags.fromHex(matcher.group(3), 0),
            TraceState.getDefault())
        : SpanContext.getInvalid();
  }
}
