package com.secureapprove.chat.attachment.thumbnails;

import com.secureapprove.chat.attachment.thumbnails.Picture.UnsuitableException;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.imageio.stream.ImageInputStreamImpl;

/// The bytes of a picture for a decoder. Reading fails after a deadline, and after the thread has
/// allocated too many bytes. Decoders read as they go, so this ends each of them. Not thread-safe.
final class BudgetedInput extends ImageInputStreamImpl {
  private static final int READS_BETWEEN_CHECKS = 256;

  private final ByteBuffer bytes;
  private final long deadline;
  private final long maxAllocated;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long allocatedBefore = allocated();
  private int readsUntilCheck;

  BudgetedInput(ByteBuffer bytes, Duration time, long maxAllocated) {
    this.bytes = bytes;
    this.maxAllocated = maxAllocated;
    this.deadline = System.nanoTime() + time.toNanos();
  }

  @Override
  public int read() throws IOException {
    checkBudget(1);
    bitOffset = 0;
    return streamPos < bytes.limit() ? Byte.toUnsignedInt(bytes.get((int) streamPos++)) : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    checkBudget(length);
    bitOffset = 0;
    if (streamPos >= bytes.limit()) {
      return -1;
    }
    int count = (int) Math.min(length, bytes.limit() - streamPos);
    bytes.get((int) streamPos, buffer, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.limit();
  }

  /// The bytes that this thread has allocated since it started; -1 if the JVM does not count them.
  private long allocated() {
    return threads.isThreadAllocatedMemorySupported()
        ? threads.getCurrentThreadAllocatedBytes()
        : -1;
  }

  private void checkBudget(int length) throws UnsuitableException {
    readsUntilCheck -= Math.max(1, length);
    if (readsUntilCheck > 0) {
      return;
    }
    readsUntilCheck = READS_BETWEEN_CHECKS;
    if (System.nanoTime() - deadline > 0) {
      throw new UnsuitableException("deadline");
    }
    if (allocated() - allocatedBefore > maxAllocated) {
      throw new UnsuitableException("memory");
    }
  }
}
