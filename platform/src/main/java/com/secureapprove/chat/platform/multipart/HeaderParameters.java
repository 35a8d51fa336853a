package com.secureapprove.chat.platform.multipart;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The parameters of a header such as `form-data; name="file"; filename="a;b.txt"`, in their order.
public record HeaderParameters(List<Parameter> all) {

  /// @param name in lower case
  /// @param value without quotes; decoded as UTF-8, or as Windows-1252 if it is not UTF-8
  /// @param text name and value as they are written in the header
  public record Parameter(String name, String value, String text) {}

  /// Parses a header. A parameter without `=` is left out.
  ///
  /// @param header its bytes as ISO 8859-1
  public static HeaderParameters of(String header) {
    List<Parameter> all = new ArrayList<>();
    int end = header.indexOf(';');
    while (end >= 0 && end < header.length()) {
      int start = end + 1;
      end = endOf(header, start);
      String text = header.substring(start, end).strip();
      int equals = text.indexOf('=');
      if (equals >= 0) {
        String name = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        String value = unquoted(text.substring(equals + 1).strip());
        all.add(new Parameter(name, decoded(value), text));
      }
    }
    return new HeaderParameters(List.copyOf(all));
  }

  /// The value of the first parameter of that name; null if there is none.
  public @Nullable String get(String name) {
    for (Parameter parameter : all) {
      if (parameter.name().equals(name)) {
        return parameter.value();
      }
    }
    return null;
  }

  /// Finds the semicolon after a parameter. Semicolons in a quoted value do not count.
  private static int endOf(String header, int start) {
    int equals = header.indexOf('=', start);
    int semicolon = header.indexOf(';', start);
    if (equals >= 0 && (semicolon < 0 || equals < semicolon)) {
      int value = equals + 1;
      while (value < header.length() && header.charAt(value) == ' ') {
        value++;
      }
      if (header.startsWith("\"", value)) {
        semicolon = header.indexOf(';', closingQuote(header, value));
      }
    }
    return semicolon < 0 ? header.length() : semicolon;
  }

  private static int closingQuote(String text, int open) {
    for (int at = open + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return at;
      }
      if (c == '\\') {
        at++;
      }
    }
    return text.length();
  }

  /// Removes the quotes, and the backslash before a quote or a backslash. Browsers send other
  /// backslashes unescaped.
  private static String unquoted(String value) {
    return value.startsWith("\"")
        ? value.substring(1, closingQuote(value, 0)).replaceAll("\\\\([\"\\\\])", "$1")
        : value;
  }

  private static String decoded(String latin1) {
    byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, Charset.forName("windows-1252"));
    }
  }
}
