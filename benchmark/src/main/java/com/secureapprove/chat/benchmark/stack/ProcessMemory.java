package com.secureapprove.chat.benchmark.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The memory of a process, from `/proc`, and the live heap of a JVM, from `jcmd`.
///
/// @param resident bytes of resident memory
/// @param anonymous of it, bytes that belong to no file
public record ProcessMemory(long resident, long anonymous) {
  private static final int SETTLING_MILLIS = 2_000;

  /// The memory now; zeros on systems without `/proc`.
  public static ProcessMemory of(ProcessHandle process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    String text = Files.exists(status) ? Files.readString(status) : "";
    return new ProcessMemory(bytes(text, "VmRSS"), bytes(text, "RssAnon"));
  }

  /// The memory of a JVM after it has collected its heap and returned unused memory.
  public static ProcessMemory afterCollection(ProcessHandle jvm)
      throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      Jcmd.run(jvm, "GC.run");
      Thread.sleep(SETTLING_MILLIS);
    }
    return of(jvm);
  }

  /// The bytes of all live objects of a JVM. Collects its heap.
  public static long liveHeap(ProcessHandle jvm) throws IOException, InterruptedException {
    return HeapHistogram.of(jvm).total();
  }

  /// The value of a line such as `VmRSS: 1234 kB` in bytes; 0 if there is none.
  static long bytes(String status, String key) {
    Matcher line = Pattern.compile("(?m)^" + Pattern.quote(key) + ":\\s+(\\d+) kB").matcher(status);
    return line.find() ? Long.parseLong(line.group(1)) << 10 : 0;
  }
}
