package com.secureapprove.chat.attachment.upload;

import com.secureapprove.chat.platform.multipart.HeaderParameters;
import com.secureapprove.chat.platform.multipart.PartHeaders;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.MultipartInput.MalformedStreamException;
import org.jspecify.annotations.Nullable;

/// Parses a multipart form as its bytes arrive. Not thread-safe.
final class UploadedForm {
  private static final String FIELD = "file";

  /// The maximum size of the headers of a part in bytes. The longest file name of any file system
  /// needs less than 3,000 bytes, percent-encoded.
  private static final int MAX_HEADERS = 16 * 1024;

  /// A file of the form. Its bytes are read from the request.
  record File(String name, @Nullable String contentType, InputStream bytes) {}

  private final MultipartInput parts;

  /// @param contentType of the request; null without one
  /// @throws ProblemException 400 if it has no boundary
  UploadedForm(InputStream body, @Nullable String contentType) throws IOException {
    String boundary = contentType == null ? null : HeaderParameters.of(contentType).get("boundary");
    if (boundary == null || boundary.isEmpty()) {
      throw malformed();
    }
    try {
      parts =
          MultipartInput.builder()
              .setInputStream(body)
              .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
              .setPartHeaderSizeMax(MAX_HEADERS)
              .get();
      parts.setHeaderCharset(StandardCharsets.ISO_8859_1);
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
        PartHeaders headers = PartHeaders.of(parts.readHeaders());
        String name = DeclaredFileName.of(headers.disposition());
        if (FIELD.equals(headers.name()) && name != null) {
          return Optional.of(new File(name, headers.contentType(), parts.newInputStream()));
        }
        parts.discardBodyData();
        more = parts.readBoundary();
      }
      return Optional.empty();
    } catch (MalformedStreamException | FileUploadSizeException e) {
      throw malformed();
    }
  }

  static ProblemException malformed() {
    return new ProblemException(Problem.INVALID, "malformed multipart form");
  }
}
