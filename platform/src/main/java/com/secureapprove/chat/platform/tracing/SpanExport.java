package com.secureapprove.chat.platform.tracing;

import com.secureapprove.chat.platform.problem.Dependencies;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The SDK of OpenTelemetry, which exports spans in batches on a thread of its own.
///
/// At most 2,048 spans wait. Further ones are dropped, and so is each batch that the collector does
/// not accept, so an absent collector costs neither memory nor time of a request.
@RegisterForReflection(
    classNames = "io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider")
final class SpanExport implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_WAITING = 2048;
  private static final String NAMESPACE = "secureapprove-chat";

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /// @param ratio the part of all traces that is exported
  /// @throws IllegalStateException if the ratio is none
  SpanExport(URI endpoint, double ratio, String part, Dependencies dependencies) {
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalStateException("chat.tracing.ratio must be from 0 to 1, not " + ratio);
    }
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.toString().replaceAll("/+$", "") + "/v1/traces")
            .setConnectTimeout(Duration.ofSeconds(1))
            .setTimeout(TIMEOUT)
            .setRetryPolicy(null) // a batch that waits for its retry would hold up the next ones
            .setCompression("gzip")
            .build();
    provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.namespace"),
                        NAMESPACE,
                        AttributeKey.stringKey("service.name"),
                        part,
                        AttributeKey.stringKey("service.instance.id"),
                        Optional.ofNullable(System.getenv("HOSTNAME"))
                            .orElseGet(() -> "process-" + ProcessHandle.current().pid()))))
            .setSampler(Sampler.traceIdRatioBased(ratio))
            .addSpanProcessor(
                BatchSpanProcessor.builder(new ObservedExporter(exporter, dependencies))
                    .setScheduleDelay(INTERVAL)
                    .setExporterTimeout(TIMEOUT)
                    .setMaxQueueSize(MAX_WAITING)
                    .build())
            .build();
    tracer = provider.get(NAMESPACE);
  }

  Tracer tracer() {
    return tracer;
  }

  /// Exports what waits, for at most as long as one batch may take.
  @Override
  public void close() {
    provider.shutdown().join(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
