package com.secureapprove.chat.gateway.routing;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The allowlist of client headers that reach a service.
///
/// Credentials stay at the gateway. Each resource has one representation, so `Accept` headers are
/// dropped. A malformed content type is treated as a missing one. So is the ID of a connection,
/// which is part of stored events.
final class InboundHeaders {
  private static final Set<String> FORWARDED =
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

  private static final Pattern CONNECTION_ID = Pattern.compile("[0-9A-Za-z._-]{1,64}");

  /// Response headers that only the gateway sets.
  static final List<String> SET_BY_GATEWAY =
      List.of("X-Content-Type-Options", "Referrer-Policy", "Server", "Set-Cookie");

  private InboundHeaders() {}

  /// Removes all other headers.
  static void strip(MultiMap headers) {
    for (String name : List.copyOf(headers.names())) {
      if (!FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
        headers.remove(name);
      }
    }
    keepIfMatches(headers, "Content-Type", MEDIA_TYPE);
    keepIfMatches(headers, "X-Chat-Session", CONNECTION_ID);
  }

  private static void keepIfMatches(MultiMap headers, String name, Pattern form) {
    String value = headers.get(name);
    if (value != null && !form.matcher(value).matches()) {
      headers.remove(name);
    }
  }
}
