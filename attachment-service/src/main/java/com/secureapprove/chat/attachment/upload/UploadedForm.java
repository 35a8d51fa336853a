package com.secureapprove.chat.attachment.upload;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.MultipartInput.MalformedStreamException;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;

/// Parses a multipart form as its bytes arrive. Not thread-safe.
final class UploadedForm {
  private static final String FIELD = "file";

  /// A file of the form. Its bytes are read from the request.
  record File(String name, @Nullable String contentType, InputStream bytes) {}

  private final MultipartInput parts;

  /// @param contentType of the request
  /// @throws ProblemException 400 if it has no boundary
  UploadedForm(InputStream body, String contentType) throws IOException {
    String boundary = parameters(contentType).get("boundary");
    if (boundary == null || boundary.isEmpty()) {
      throw malformed();
    }
    try {
      parts =
          MultipartInput.builder()
              .setInputStream(body)
              .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
              .get();
      parts.setHeaderCharset(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  /// Returns the first file in the field `file`; empty if there is none.
  ///
  /// @throws ProblemException 400 if the form is malformed
  Optional<File> file() throws IOException {
    try {
      boolean more = parts.skipPreamble();
      while (more) {
        String headers = parts.readHeaders();
        Map<String, String> disposition = parameters(header(headers, "content-disposition"));
        String name = disposition.get("filename");
        if (FIELD.equals(disposition.get("name")) && name != null) {
          String type = header(headers, "content-type");
          return Optional.of(new File(name, type.isEmpty() ? null : type, parts.newInputStream()));
        }
        parts.discardBodyData();
        more = parts.readBoundary();
      }
      return Optional.empty();
    } catch (MalformedStreamException e) {
      throw malformed();
    }
  }

  static ProblemException malformed() {
    return new ProblemException(Problem.INVALID, "malformed multipart form");
  }

  private static String header(String headers, String name) {
    for (String line : headers.split("\r\n")) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().toLowerCase(Locale.ROOT).equals(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return "";
  }

  private static Map<String, String> parameters(String header) {
    ParameterParser parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    return parser.parse(header, ';');
  }
}
