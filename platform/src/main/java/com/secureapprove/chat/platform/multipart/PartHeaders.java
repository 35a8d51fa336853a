package com.secureapprove.chat.platform.multipart;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The headers of one part of a multipart form (RFC 7578), as ISO 8859-1.
///
/// @param fields the headers by their name in lower case; the first of several with the same name
public record PartHeaders(Map<String, String> fields) {

  /// Parses the lines of the headers. A line without a colon is left out.
  public static PartHeaders of(String lines) {
    Map<String, String> fields = new HashMap<>();
    for (String line : lines.replaceAll("\r\n[ \t]+", " ").split("\r\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.putIfAbsent(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return new PartHeaders(Map.copyOf(fields));
  }

  /// The name of the form field; empty if it has none.
  public String name() {
    String name = disposition().get("name");
    return name == null ? "" : name;
  }

  /// The declared media type.
  public @Nullable String contentType() {
    return fields.get("content-type");
  }

  /// The parameters of `Content-Disposition`.
  public HeaderParameters disposition() {
    return HeaderParameters.of(fields.getOrDefault("content-disposition", ""));
  }
}
