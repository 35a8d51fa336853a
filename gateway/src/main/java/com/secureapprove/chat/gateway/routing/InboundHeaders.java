package com.secureapprove.chat.gateway.routing;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What of a client's headers reaches a service: only what clients may say. Credentials stay here,
/// and nobody but the gateway speaks for the gateway. Each thing has one form, so what a client
/// accepts is not asked; a content type that is none is as good as not said.
final class InboundHeaders {
  private static final Set<String> PASSED =
      Set.of(
          "content-length",
          "content-type",
          "idempotency-key",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "range",
          "traceparent",
          "tracestate",
          "transfer-encoding",
          "user-agent",
          "x-chat-session",
          "x-request-id");

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+\\s*(;.*)?");

  /// Headers of answers that the gateway alone sets.
  static final List<String> OURS =
      List.of("X-Content-Type-Options", "Referrer-Policy", "Server", "Set-Cookie");

  private InboundHeaders() {}

  static void strip(MultiMap headers) {
    for (String name : List.copyOf(headers.names())) {
      if (!PASSED.contains(name.toLowerCase(Locale.ROOT))) {
        headers.remove(name);
      }
    }
    String type = headers.get("Content-Type");
    if (type != null && !MEDIA_TYPE.matcher(type).matches()) {
      headers.remove("Content-Type");
    }
  }
}
