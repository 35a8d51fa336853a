package com.secureapprove.chat.gateway.http;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An origin (RFC 6454) in the one spelling that browsers send: lower case, the host in ASCII,
/// without a default port, without a slash at the end.
///
/// @param value such as `https://app.example` or `capacitor://localhost`
record Origin(String value) {
  private static final int MAX_LENGTH = 300;
  private static final int MAX_PORT = 65_535;
  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<host>[^/?#@\\s:*\\[\\]]+|\\[[0-9A-Fa-f:.]+])"
              + "(?::(?<port>[0-9]{1,5})?)?/?");

  /// Reads an origin as people write it. Empty if the text has a path, a query or a user, or is no
  /// origin.
  static Optional<Origin> of(String text) {
    String stripped = text.strip();
    Matcher matcher = FORM.matcher(stripped);
    if (stripped.length() > MAX_LENGTH || !matcher.matches()) {
      return Optional.empty();
    }
    String scheme = matcher.group("scheme").toLowerCase(Locale.ROOT);
    String port = matcher.group("port");
    try {
      String host = host(matcher.group("host"));
      int number = port == null ? defaultPort(scheme) : Integer.parseInt(port);
      if (host.isEmpty() || number > MAX_PORT) {
        return Optional.empty();
      }
      String origin = scheme + "://" + host;
      return Optional.of(
          new Origin(
              new URI(number == defaultPort(scheme) ? origin : origin + ":" + number).toString()));
    } catch (IllegalArgumentException | URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static String host(String text) {
    String host = text.startsWith("[") ? text : IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
    return host.toLowerCase(Locale.ROOT);
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "https", "wss" -> 443;
      case "http", "ws" -> 80;
      default -> -1;
    };
  }

  /// Whether browsers load pages from it over HTTP.
  boolean isWeb() {
    return value.startsWith("https://") || value.startsWith("http://");
  }
}
