package com.secureapprove.chat.gateway.http;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The origins whose pages may open WebSockets and read API responses: the gateway's own origin and
/// those of host applications.
@Singleton
public class Origins {
  private final Set<String> allowed;

  Origins(
      PublicOrigin publicOrigin,
      @ConfigProperty(name = "chat.allowed-origins") Optional<List<String>> others) {
    allowed =
        Stream.concat(Stream.of(publicOrigin.value()), others.stream().flatMap(List::stream))
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /// Whether an origin is allowed.
  ///
  /// @param origin exactly as in the `Origin` header
  public boolean allows(String origin) {
    return allowed.contains(origin);
  }
}
