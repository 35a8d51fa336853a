package com.secureapprove.chat.benchmark.stack;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How many files and sockets this process may have open.
public final class OpenFileLimit {
  private static final int UNKNOWN = 10_000;

  private OpenFileLimit() {}

  /// The limit, which processes that this one starts have too.
  public static int ofThisProcess() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? (int) Math.min(Integer.MAX_VALUE, unix.getMaxFileDescriptorCount())
        : UNKNOWN;
  }
}
