package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.platform.multipart.HeaderParameters.Parameter;
import com.secureapprove.chat.platform.multipart.PartHeaders;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The headers of a file in a multipart form. The gateway does not interpret file names: it passes
/// them on, so that attachment-service alone decides on them.
///
/// @param names the parameters that contain the name of a file, which may be encoded or in pieces
///   (RFC 2231); empty if the part is no file
/// @param contentType the declared media type
record FileHeaders(List<Parameter> names, @Nullable String contentType) {
  private static final String FILENAME = "filename";

  static FileHeaders of(PartHeaders part) {
    return new FileHeaders(
        part.disposition().all().stream()
            .filter(parameter ->
                parameter.name().equals(FILENAME) || parameter.name().startsWith(FILENAME + '*'))
            .toList(),
        part.contentType());
  }

  /// Whether the part is a file.
  boolean isFile() {
    return !names.isEmpty();
  }

  /// Whether the name of the file is empty.
  boolean isWithoutName() {
    return names.size() == 1
        && names.getFirst().name().equals(FILENAME)
        && names.getFirst().value().isEmpty();
  }

  /// The headers of the part for attachment-service, whose form has one file. As ISO 8859-1.
  String forwarded() {
    String headers =
        "Content-Disposition: form-data; name=\"file\"; "
            + names.stream()
                .map(parameter -> oneLine(parameter.text()))
                .collect(Collectors.joining("; "));
    return contentType == null ? headers : headers + "\r\nContent-Type: " + oneLine(contentType);
  }

  /// Removes control characters. In names, attachment-service removes them, too.
  private static String oneLine(String text) {
    return text.replaceAll("[\\x00-\\x1f\\x7f]", "");
  }
}
