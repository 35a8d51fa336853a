package com.secureapprove.chat.attachment.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Limits a stream to its first `length` bytes.
final class LimitedInputStream extends FilterInputStream {
  private long left;

  LimitedInputStream(InputStream in, long length) {
    super(in);
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = super.read();
    left -= read < 0 ? 0 : 1;
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0 && length > 0) {
      return -1;
    }
    int read = super.read(buffer, offset, (int) Math.min(length, left));
    left -= Math.max(0, read);
    return read;
  }
}
