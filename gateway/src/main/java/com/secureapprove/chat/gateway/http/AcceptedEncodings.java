package com.secureapprove.chat.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/// Reads the content encodings that a client accepts (RFC 9110, 12.5.3).
public final class AcceptedEncodings {
  private AcceptedEncodings() {}

  /// Whether the client accepts an encoding, such as `gzip`. A client that names none gets the
  /// response as it is.
  public static boolean contain(HttpServerRequest request, String encoding) {
    String header = request.getHeader("Accept-Encoding");
    if (header == null) {
      return false;
    }
    boolean any = false;
    for (String element : header.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = element.split(";");
      String name = parts[0].strip();
      boolean wanted = parts.length < 2 || !parts[1].strip().matches("q\\s*=\\s*0(\\.0*)?");
      if (name.equals(encoding)) {
        return wanted;
      }
      any |= name.equals("*") && wanted;
    }
    return any;
  }
}
