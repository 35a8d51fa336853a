package com.secureapprove.chat.attachment.upload;

import com.secureapprove.chat.platform.multipart.HeaderParameters;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The file name in a `Content-Disposition` header, as browsers (HTML) and other clients (RFC 2231)
/// write it.
final class DeclaredFileName {
  private static final String FILENAME = "filename";

  private DeclaredFileName() {}

  /// The file name; null if the part is no file. The encoded form of the name is preferred.
  static @Nullable String of(HeaderParameters disposition) {
    StringBuilder pieces = new StringBuilder();
    for (int i = 0; ; i++) {
      String piece = disposition.get(FILENAME + '*' + i);
      String encoded = disposition.get(FILENAME + '*' + i + '*');
      if (piece == null && encoded == null) {
        break;
      }
      pieces.append(encoded == null ? piece : encoded);
    }
    String extended = pieces.isEmpty() ? disposition.get(FILENAME + '*') : pieces.toString();
    String plain = disposition.get(FILENAME);
    return extendedValue(extended).orElse(plain == null ? extended : unescaped(plain));
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
}
