package com.secureapprove.chat.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the content encodings that a client accepts (RFC 9110, 12.5.3).
public final class AcceptedEncodings {
  private static final Pattern WEIGHT = Pattern.compile("q\\s*=\\s*([01](?:\\.\\d{0,9})?)");

  private AcceptedEncodings() {}

  /// Whether the client accepts an encoding, such as `gzip`. A client that names none gets the
  /// response as it is.
  public static boolean contain(HttpServerRequest request, String encoding) {
    return weight(request, encoding) > 0;
  }

  /// How much the client prefers an encoding: 0 if it does not accept it, at most 1.
  static double weight(HttpServerRequest request, String encoding) {
    String header = request.getHeader("Accept-Encoding");
    if (header == null) {
      return 0;
    }
    double any = 0;
    for (String element : header.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = element.split(";", 2);
      String name = parts[0].strip();
      if (name.equals(encoding)) {
        return weight(parts);
      }
      any = name.equals("*") ? weight(parts) : any;
    }
    return any;
  }

  private static double weight(String[] parts) {
    Matcher weight = WEIGHT.matcher(parts.length < 2 ? "" : parts[1].strip());
    return weight.matches() ? Double.parseDouble(weight.group(1)) : 1;
  }
}
