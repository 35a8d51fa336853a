package com.secureapprove.chat.attachment.inspection;

import java.io.IOException;
import java.io.InputStream;

/// The bytes of a stored file, readable at any offset.
@FunctionalInterface
public interface RandomAccess {

  /// Opens at most `length` bytes from `offset`; fewer if the file ends first. The caller closes
  /// the stream.
  InputStream open(long offset, long length) throws IOException;

  /// Reads at most `length` bytes from `offset`; fewer if the file ends first.
  default byte[] read(long offset, int length) throws IOException {
    try (InputStream bytes = open(offset, length)) {
      return bytes.readNBytes(length);
    }
  }
}
