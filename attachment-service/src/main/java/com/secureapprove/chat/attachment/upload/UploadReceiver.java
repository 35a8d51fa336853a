package com.secureapprove.chat.attachment.upload;

import com.secureapprove.chat.attachment.inspection.AllowedType;
import com.secureapprove.chat.attachment.inspection.FileInspection;
import com.secureapprove.chat.attachment.store.BlobStore;
import com.secureapprove.chat.attachment.store.BlobWriter;
import com.secureapprove.chat.platform.hash.Sha256;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Copies a file from the request into the store. Counts, hashes and inspects the bytes as they
/// arrive.
///
/// A file that is rejected by its first bytes never reaches the store. A file that is rejected
/// later is discarded there.
final class UploadReceiver implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  /// The result of an upload.
  record Received(AllowedType type, long size, String sha256) {}

  private final BlobStore store;
  private final BlobStore.Key key;
  private final FileInspection.TypeDetection detection;
  private final long maxSize;
  private final MessageDigest digest = Sha256.digest();
  private final ByteArrayOutputStream undetected = new ByteArrayOutputStream();
  private @Nullable BlobWriter stored;
  private long size;

  UploadReceiver(
      BlobStore store, BlobStore.Key key, FileInspection.TypeDetection detection, long maxSize) {
    this.store = store;
    this.key = key;
    this.detection = detection;
    this.maxSize = maxSize;
  }

  /// Receives the whole file and commits it. A file that is refused because of its stored bytes is
  /// deleted. No row names it until then, so no one can read it.
  ///
  /// @throws ProblemException 400 if it is empty, 413 if it is too large, 415 if its type is not
  ///   allowed
  Received receive(InputStream bytes) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
      take(buffer, read);
    }
    if (size == 0) {
      throw ProblemException.invalid("file", "must not be empty");
    }
    detection.end();
    startedWriter().commit();
    return new Received(typeOrDelete(), size, HexFormat.of().formatHex(digest.digest()));
  }

  private AllowedType typeOrDelete() throws IOException {
    try {
      return detection.type((offset, length) -> store.open(key, offset, length));
    } catch (ProblemException | IOException e) {
      store.delete(key);
      throw e;
    }
  }

  private void take(byte[] buffer, int length) throws IOException {
    size += length;
    if (size > maxSize) {
      throw new ProblemException(
          Problem.TOO_LARGE, "A file may have at most " + maxSize / (1024 * 1024) + " MiB");
    }
    digest.update(buffer, 0, length);
    detection.update(buffer, 0, length);
    if (stored == null && !detection.isTypeKnown()) {
      undetected.write(buffer, 0, length); // not stored before its type is known
    } else {
      startedWriter().write(buffer, 0, length);
    }
  }

  private BlobWriter startedWriter() throws IOException {
    BlobWriter startedWriter = stored;
    if (startedWriter == null) {
      startedWriter = store.create(key);
      stored = startedWriter;
      undetected.writeTo(startedWriter);
      undetected.reset();
    }
    return startedWriter;
  }

  @Override
  public void close() throws IOException {
    BlobWriter startedWriter = stored;
    if (startedWriter != null) {
      startedWriter.close();
    }
  }
}
