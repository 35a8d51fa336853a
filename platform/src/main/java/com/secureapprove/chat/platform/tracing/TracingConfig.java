package com.secureapprove.chat.platform.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/// Where spans are exported to.
@ConfigMapping(prefix = "chat.tracing")
interface TracingConfig {
  /// The address of an OpenTelemetry collector for OTLP over HTTP, such as `http://collector:4318`.
  /// Without it, there are no spans.
  Optional<URI> endpoint();

  /// The part of all traces that is exported, from 0 to 1. Use the same value for all components.
  @WithDefault("1")
  double ratio();
}
