package com.secureapprove.chat.gateway.http;

import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The origin at which browsers reach the gateway, such as `https://chat.example`.
@Singleton
public class PublicOrigin {
  private final URI origin;

  public PublicOrigin(@ConfigProperty(name = "chat.public-url") URI url) {
    if (url.getScheme() == null || url.getAuthority() == null) {
      throw new IllegalStateException("chat.public-url must be an absolute URL: " + url);
    }
    origin = URI.create(url.getScheme() + "://" + url.getAuthority());
  }

  /// Scheme, host and port, in the format of the `Origin` header.
  public String value() {
    return origin.toString();
  }

  /// The absolute URL of a path.
  public String uri(String path) {
    return origin + path;
  }

  /// Whether browsers use TLS. Cookies must then be `Secure`.
  public boolean isSecure() {
    return "https".equals(origin.getScheme());
  }
}
