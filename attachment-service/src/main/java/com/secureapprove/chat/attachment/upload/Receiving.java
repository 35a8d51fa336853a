package com.secureapprove.chat.attachment.upload;

import com.secureapprove.chat.attachment.inspection.AllowedType;
import com.secureapprove.chat.attachment.inspection.Inspection;
import com.secureapprove.chat.attachment.store.BytesStore;
import com.secureapprove.chat.attachment.store.Incoming;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A file on its way from the request into the store: counted, hashed and looked at as it comes.
/// What cannot be allowed never reaches the store, and what turns out so later is forgotten there.
final class Receiving implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  /// What has come.
  record Received(AllowedType type, long size, String sha256) {}

  private final BytesStore store;
  private final BytesStore.Key key;
  private final Inspection.Look look;
  private final long maxSize;
  private final MessageDigest digest = sha256();
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private @Nullable Incoming stored;
  private long size;

  Receiving(BytesStore store, BytesStore.Key key, Inspection.Look look, long maxSize) {
    this.store = store;
    this.key = key;
    this.look = look;
    this.maxSize = maxSize;
  }

  /// Takes all of it, and keeps it.
  ///
  /// @throws ProblemException 400 where it is empty, 413 where it is too large, 415 where it is not
  ///   allowed
  Received all(InputStream bytes) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
      take(buffer, read);
    }
    if (size == 0) {
      throw ProblemException.invalid("file", "must not be empty");
    }
    AllowedType type = look.end();
    Incoming whole = begun();
    whole.keep();
    return new Received(type, size, HexFormat.of().formatHex(digest.digest()));
  }

  private void take(byte[] buffer, int length) throws IOException {
    size += length;
    if (size > maxSize) {
      throw new ProblemException(
          Problem.TOO_LARGE, "A file has at most " + maxSize / (1024 * 1024) + " MiB");
    }
    digest.update(buffer, 0, length);
    look.see(buffer, 0, length);
    if (stored == null && !look.hasBegun()) {
      waiting.write(buffer, 0, length); // nothing is stored of which nothing is known
    } else {
      begun().write(buffer, 0, length);
    }
  }

  private Incoming begun() throws IOException {
    Incoming begun = stored;
    if (begun == null) {
      begun = store.receive(key);
      stored = begun;
      waiting.writeTo(begun);
      waiting.reset();
    }
    return begun;
  }

  @Override
  public void close() throws IOException {
    Incoming begun = stored;
    if (begun != null) {
      begun.close();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
