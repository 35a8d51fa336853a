package com.secureapprove.chat.attachment.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// Stores bytes under immutable keys. Thread-safe. Calls block for a bounded time; unavailable
/// remote storage is a problem with status 503.
public interface BlobStore {

  /// The key of a blob.
  ///
  /// @param name letters, digits, `-` and `.`, not starting with a dot
  record Key(String tenant, String name) {
    public Key {
      if (!name.matches("[A-Za-z0-9-][A-Za-z0-9.-]*")) {
        throw new IllegalArgumentException("invalid blob name: " + name);
      }
    }
  }

  /// Starts to write a blob of any size, with bounded memory. The caller closes the writer.
  BlobWriter create(Key key) throws IOException;

  /// Opens a range of a blob, which is shorter if the blob ends first. The caller closes the
  /// stream.
  ///
  /// @throws java.io.FileNotFoundException if the blob does not exist
  InputStream open(Key key, long offset, long length) throws IOException;

  /// The file that holds a blob, so that the operating system can send it without copies. Empty if
  /// the storage has no files.
  ///
  /// @throws java.io.FileNotFoundException if the blob does not exist
  Optional<Path> file(Key key) throws IOException;

  /// Deletes a blob. Does nothing if it does not exist.
  void delete(Key key) throws IOException;

  /// Writes and deletes an object outside all tenants.
  ///
  /// @throws IOException if the storage is unreachable or rejects the write
  void probe() throws IOException;
}
