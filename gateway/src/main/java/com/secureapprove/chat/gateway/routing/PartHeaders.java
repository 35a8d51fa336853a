package com.secureapprove.chat.gateway.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The headers of a part of a multipart form, as ISO 8859-1. The gateway does not interpret file
/// names: it passes them on, so that attachment-service alone decides on them.
///
/// @param disposition the value of `Content-Disposition`
/// @param contentType the value of `Content-Type`
record PartHeaders(String disposition, @Nullable String contentType) {

  /// Parses the lines of the headers.
  static PartHeaders of(String lines) {
    String disposition = "";
    String contentType = null;
    for (String line : lines.replaceAll("\r\n[ \t]+", " ").split("\r\n")) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).replaceAll("[\\x00-\\x1f\\x7f]", " ").strip();
      switch (line.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT)) {
        case "content-disposition" -> disposition = value;
        case "content-type" -> contentType = value;
        default -> {}
      }
    }
    return new PartHeaders(disposition, contentType);
  }

  /// The name of the form field; empty if it has none.
  String name() {
    String name = parameter(disposition, "name");
    return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /// Whether the part is a file.
  boolean isFile() {
    return !fileNames().isEmpty();
  }

  /// Whether the name of the file is empty.
  boolean isWithoutName() {
    return fileNames().matches("(?i)filename\\s*=\\s*(\"\")?");
  }

  /// The headers of the part for attachment-service, whose form has one file.
  String forwarded() {
    String headers = "Content-Disposition: form-data; name=\"file\"; " + fileNames();
    return contentType == null ? headers : headers + "\r\nContent-Type: " + contentType;
  }

  /// The parameters that contain the name of a file, which may be encoded or in pieces (RFC 2231).
  private String fileNames() {
    return parameters(disposition).stream()
        .filter(parameter -> {
          String key = key(parameter);
          return key.equals("filename") || key.startsWith("filename*");
        })
        .collect(Collectors.joining("; "));
  }

  /// The value of a parameter of a header, without quotes; empty if it is not given.
  static String parameter(String header, String name) {
    for (String parameter : parameters(header)) {
      if (key(parameter).equals(name)) {
        String value = parameter.substring(parameter.indexOf('=') + 1).strip();
        return value.startsWith("\"")
            ? value.replaceAll("^\"|\"$", "").replaceAll("\\\\([\"\\\\])", "$1")
            : value;
      }
    }
    return "";
  }

  private static String key(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? "" : parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT);
  }

  /// Splits a header at the semicolons that are not quoted.
  private static List<String> parameters(String header) {
    List<String> parameters = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int at = 0; at < header.length(); at++) {
      char c = header.charAt(at);
      if (quoted && c == '\\') {
        at++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        parameters.add(header.substring(start, at).strip());
        start = at + 1;
      }
    }
    parameters.add(header.substring(start).strip());
    return parameters;
  }
}
