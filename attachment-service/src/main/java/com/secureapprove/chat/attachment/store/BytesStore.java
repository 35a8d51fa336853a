package com.secureapprove.chat.attachment.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Keeps bytes. Thread-safe; blocks.
public interface BytesStore {

  /// Where a thing lies in the store.
  ///
  /// @param name letters, digits, `-` and `.`, not beginning with a dot
  record Key(String tenant, String name) {
    public Key {
      if (!name.matches("[A-Za-z0-9-][A-Za-z0-9.-]*")) {
        throw new IllegalArgumentException("Not a name: " + name);
      }
    }
  }

  /// Copies a file into the store; when this returns, the bytes survive a power cut.
  void put(Key key, Path file) throws IOException;

  /// Some of the bytes of a thing; the caller closes it.
  ///
  /// @throws java.io.FileNotFoundException where there is none
  InputStream open(Key key, long offset, long length) throws IOException;

  /// Forgets a thing; nothing happens where there is none.
  void delete(Key key) throws IOException;
}
