package com.secureapprove.chat.gateway.http;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The origin at which browsers reach the gateway, such as `https://chat.example`.
@Singleton
public class PublicOrigin {
  private final Origin origin;

  /// @throws IllegalStateException if the URL is not `http` or `https`, or has a path
  public PublicOrigin(@ConfigProperty(name = "chat.public-url") String url) {
    origin =
        Origin.of(url)
            .orElseThrow(() ->
                new IllegalStateException(
                    "chat.public-url must be an origin such as https://chat.example, without a"
                        + " path: "
                        + url));
    if (!origin.isWeb()) {
      throw new IllegalStateException(
          "chat.public-url must begin with https:// or http://: " + url);
    }
  }

  /// Scheme, host and port, in the format of the `Origin` header.
  public String value() {
    return origin.value();
  }

  /// The absolute URL of a path.
  public String uri(String path) {
    return origin.value() + path;
  }

  /// Whether browsers use TLS. Cookies must then be `Secure`.
  public boolean isSecure() {
    return origin.value().startsWith("https:");
  }
}
