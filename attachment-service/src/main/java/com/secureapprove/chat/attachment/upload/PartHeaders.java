package com.secureapprove.chat.attachment.upload;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The headers of one part of a multipart form, as browsers (RFC 7578, HTML) and other clients (RFC
/// 2231) write them.
///
/// @param fields the headers by their name in lower case
record PartHeaders(Map<String, String> fields) {
  private static final String FILENAME = "filename";

  /// Parses the lines of the headers.
  ///
  /// @param lines the bytes as ISO 8859-1; they are UTF-8, or Windows-1252 where they are not
  static PartHeaders of(String lines) {
    Map<String, String> fields = new HashMap<>();
    for (String line : decoded(lines).replaceAll("\r\n[ \t]+", " ").split("\r\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.putIfAbsent(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return new PartHeaders(fields);
  }

  /// The name of the form field.
  @Nullable String name() {
    return disposition().get("name");
  }

  /// The declared media type.
  @Nullable String contentType() {
    return fields.get("content-type");
  }

  /// The file name; null if the part is no file. The encoded form of the name is preferred.
  @Nullable String filename() {
    Map<String, String> parameters = disposition();
    StringBuilder pieces = new StringBuilder();
    for (int i = 0; ; i++) {
      String piece = parameters.get(FILENAME + '*' + i);
      String encoded = parameters.get(FILENAME + '*' + i + '*');
      if (piece == null && encoded == null) {
        break;
      }
      pieces.append(encoded == null ? piece : encoded);
    }
    String extended = pieces.isEmpty() ? parameters.get(FILENAME + '*') : pieces.toString();
    String plain = parameters.get(FILENAME);
    return extendedValue(extended).orElse(plain == null ? extended : unescaped(plain));
  }

  private Map<String, String> disposition() {
    return parameters(fields.getOrDefault("content-disposition", ""));
  }

  /// Parses the parameters of a header such as `form-data; name="file"; filename="a;b.txt"`.
  static Map<String, String> parameters(String header) {
    Map<String, String> parameters = new HashMap<>();
    int at = header.indexOf(';');
    while (at >= 0 && at < header.length()) {
      int equals = header.indexOf('=', at);
      int semicolon = header.indexOf(';', at + 1);
      if (equals < 0) {
        break;
      }
      if (semicolon >= 0 && semicolon < equals) {
        at = semicolon; // a parameter without a value
        continue;
      }
      String name = header.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
      int start = equals + 1;
      while (start < header.length() && header.charAt(start) == ' ') {
        start++;
      }
      if (start < header.length() && header.charAt(start) == '"') {
        int end = closingQuote(header, start);
        parameters.putIfAbsent(name, withoutBackslashes(header.substring(start + 1, end)));
        at = header.indexOf(';', end);
      } else {
        int end = header.indexOf(';', start);
        parameters.putIfAbsent(
            name, header.substring(start, end < 0 ? header.length() : end).strip());
        at = end;
      }
    }
    return parameters;
  }

  private static int closingQuote(String header, int open) {
    for (int at = open + 1; at < header.length(); at++) {
      char c = header.charAt(at);
      if (c == '"') {
        return at;
      }
      if (c == '\\') {
        at++;
      }
    }
    return header.length();
  }

  /// Removes the backslash before a quote or a backslash only. Browsers send other backslashes
  /// unescaped.
  private static String withoutBackslashes(String quoted) {
    return quoted.replaceAll("\\\\([\"\\\\])", "$1");
  }

  /// Browsers encode these three characters, and do not encode `%`.
  private static String unescaped(String filename) {
    return filename.replace("%22", "\"").replaceAll("(?i)%0D", "\r").replaceAll("(?i)%0A", "\n");
  }

  /// Decodes a value such as `UTF-8''na%C3%AFve.txt`; empty if it is none.
  private static Optional<String> extendedValue(@Nullable String value) {
    String[] pieces = value == null ? new String[0] : value.split("'", 3);
    if (pieces.length < 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(percentDecoded(pieces[2], Charset.forName(pieces[0])));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String percentDecoded(String text, Charset charset) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) == '%' && at + 2 < text.length()) {
        bytes.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
        at += 2;
      } else {
        bytes.writeBytes(String.valueOf(text.charAt(at)).getBytes(charset));
      }
    }
    return bytes.toString(charset);
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
