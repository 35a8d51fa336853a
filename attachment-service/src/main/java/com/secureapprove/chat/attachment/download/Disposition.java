package com.secureapprove.chat.attachment.download;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Builds the `Content-Disposition` header of a download (RFC 6266), always as an attachment, never
/// inline.
final class Disposition {
  private Disposition() {}

  /// Old clients read the name in ASCII, others the encoded one.
  static String attachment(String filename) {
    StringBuilder ascii = new StringBuilder();
    filename
        .codePoints()
        .map(c -> c >= ' ' && c < 127 && "\"\\%;".indexOf(c) < 0 ? c : '_')
        .forEach(ascii::appendCodePoint);
    String encoded =
        URLEncoder.encode(filename, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
  }
}
