package com.secureapprove.chat.platform.safety;

import java.net.URI;
import java.util.Locale;

/// Addresses that only this machine reaches.
public final class LocalAddress {
  private LocalAddress() {}

  /// Whether the host of a URL is the loopback interface.
  public static boolean is(String url) {
    try {
      String host = URI.create(url).getHost();
      return host != null && isLoopback(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]");
  }
}
