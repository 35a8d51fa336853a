package com.secureapprove.chat.gateway.http;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The origins whose pages may open connections and read answers: our own, and those of host
/// applications.
@Singleton
public class Origins {
  private final Set<String> allowed;

  Origins(
      PublicOrigin own,
      @ConfigProperty(name = "chat.allowed-origins") Optional<List<String>> others) {
    allowed =
        Stream.concat(Stream.of(own.value()), others.stream().flatMap(List::stream))
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /// Whether pages of that origin may; exactly as the browser sends it.
  public boolean allows(String origin) {
    return allowed.contains(origin);
  }
}
