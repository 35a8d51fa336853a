package com.secureapprove.chat.attachment.store;

import java.io.IOException;
import java.io.InputStream;

/// Keeps bytes. Thread-safe; blocks, but never for ever: storage elsewhere that does not answer is
/// a problem of 503.
public interface BlobStore {

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

  /// Takes a thing as its bytes come, however many; holds a bounded part of them in memory. The
  /// caller closes it.
  BlobWriter receive(Key key) throws IOException;

  /// Some of the bytes of a thing, fewer where it ends before; the caller closes it.
  ///
  /// @throws java.io.FileNotFoundException where there is none
  InputStream open(Key key, long offset, long length) throws IOException;

  /// Forgets a thing; nothing happens where there is none.
  void delete(Key key) throws IOException;
}
