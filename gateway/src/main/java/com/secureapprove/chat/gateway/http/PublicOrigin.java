package com.secureapprove.chat.gateway.http;

import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The origin under which browsers reach the gateway, such as `https://chat.example`.
@Singleton
public class PublicOrigin {
  private final URI origin;

  PublicOrigin(@ConfigProperty(name = "chat.public-url") URI url) {
    if (url.getScheme() == null || url.getAuthority() == null) {
      throw new IllegalStateException("chat.public-url is not an absolute URL: " + url);
    }
    origin = URI.create(url.getScheme() + "://" + url.getAuthority());
  }

  /// Scheme, host and port as a browser's `Origin` header has them.
  public String value() {
    return origin.toString();
  }

  /// An absolute address on this origin.
  public String uri(String path) {
    return origin + path;
  }

  /// Whether browsers come over TLS, so that cookies must say so.
  public boolean isSecure() {
    return "https".equals(origin.getScheme());
  }
}
