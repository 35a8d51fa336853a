package com.secureapprove.chat.attachment.download;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The requested byte range of a file (RFC 9110, section 14).
sealed interface ByteRange {

  /// The whole file, also for a `Range` header that is not supported.
  record Whole() implements ByteRange {}

  /// A range; both positions are inclusive.
  record Part(long first, long last) implements ByteRange {
    long length() {
      return last - first + 1;
    }
  }

  /// A range outside the file.
  record Unsatisfiable() implements ByteRange {}

  Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /// @param header the `Range` header; a header with several ranges selects the whole file
  static ByteRange of(@Nullable String header, long size) {
    Matcher range = ONE_RANGE.matcher(header == null ? "" : header.strip());
    if (!range.matches() || header == null || (range.group(1) + range.group(2)).isEmpty()) {
      return new Whole();
    }
    if (range.group(1).isEmpty()) {
      long suffix = Long.parseLong(range.group(2));
      return suffix == 0 ? new Unsatisfiable() : new Part(Math.max(0, size - suffix), size - 1);
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    if (last < first) {
      return range.group(2).isEmpty() ? new Unsatisfiable() : new Whole();
    }
    return first >= size ? new Unsatisfiable() : new Part(first, Math.min(last, size - 1));
  }
}
