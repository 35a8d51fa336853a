package com.secureapprove.chat.attachment.store;

import java.io.IOException;
import java.io.OutputStream;

/// Writes one blob. The blob becomes visible with [#commit]; closing the writer without it discards
/// the bytes. Not thread-safe.
public abstract class BlobWriter extends OutputStream {

  @Override
  public final void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  /// Completes the blob. After the return, the bytes survive a power failure.
  public abstract void commit() throws IOException;
}
