package com.secureapprove.chat.platform.tracing;

import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Dependencies;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/// Logs when the collector becomes unavailable and when it is available again. The SDK would log
/// each failed batch, with a stack trace.
final class ObservedExporter implements SpanExporter {
  private static final String COLLECTOR = "collector";

  private final SpanExporter exporter;
  private final Dependencies dependencies;

  ObservedExporter(SpanExporter exporter, Dependencies dependencies) {
    this.exporter = exporter;
    this.dependencies = dependencies;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(() -> {
      if (result.isSuccess()) {
        dependencies.answered(COLLECTOR);
      } else {
        Throwable failure = result.getFailureThrowable();
        dependencies.failed(
            COLLECTOR, failure == null ? "the batch was refused" : Reason.of(failure));
      }
    });
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
