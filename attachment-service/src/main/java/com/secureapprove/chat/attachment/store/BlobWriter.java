package com.secureapprove.chat.attachment.store;

import java.io.IOException;
import java.io.OutputStream;

/// A thing on its way into the store. Nobody sees it before [#keep]; closed without it, it is
/// forgotten. For one thread.
public abstract class BlobWriter extends OutputStream {

  @Override
  public final void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  /// All of it has come. When this returns, the bytes survive a power cut.
  public abstract void keep() throws IOException;
}
