package com.secureapprove.chat.attachment.upload;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Limits the size of a request body.
final class LimitedRequestBody extends FilterInputStream {
  private long left;

  LimitedRequestBody(InputStream body, long most) {
    super(body);
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  /// @throws ProblemException 413 if the body exceeds the limit
  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left < 0) {
      throw tooLarge();
    }
    int read = super.read(buffer, offset, length);
    left -= Math.max(0, read);
    if (left < 0) {
      throw tooLarge();
    }
    return read;
  }

  static ProblemException tooLarge() {
    return new ProblemException(Problem.TOO_LARGE, "The request body is too large");
  }
}
