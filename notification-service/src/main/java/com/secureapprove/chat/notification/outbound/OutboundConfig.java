package com.secureapprove.chat.notification.outbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Calls of addresses that a tenant chose, such as webhook endpoints.
@ConfigMapping(prefix = "chat.outbound")
interface OutboundConfig {
  /// Whether `http:` addresses are accepted. Only for development.
  @WithDefault("false")
  boolean allowHttp();

  /// Networks that may be called although they are not public, such as `10.1.2.0/24`. Every tenant
  /// can then call them.
  Optional<List<String>> allowedNetworks();

  /// Networks that must not be called although they are public, such as the installation's own
  /// public addresses. They win over `allowed-networks`.
  Optional<List<String>> deniedNetworks();

  /// How long the resolution of a name may take.
  @WithDefault("5s")
  Duration resolveWithin();

  /// How long a connection may take, without TLS.
  @WithDefault("3s")
  Duration connectWithin();

  /// How long a call may take until the headers of its response are complete.
  @WithDefault("15s")
  Duration answerWithin();
}
