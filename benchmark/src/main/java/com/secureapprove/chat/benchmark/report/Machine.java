package com.secureapprove.chat.benchmark.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The machine of a run, read from `/proc` where the system has it.
public final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path STAT = Path.of("/proc/stat");
  private static final int STEAL = 7;

  private Machine() {}

  /// The processor, memory, system and Java versions.
  public static Map<String, String> description() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("cores", "" + Runtime.getRuntime().availableProcessors());
    machine.put("processor", value(CPU_INFO, "model name"));
    machine.put("memory", value(MEMORY, "MemTotal"));
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    return machine;
  }

  /// The load average of the last minute.
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /// CPU time of the machine since its start.
  ///
  /// @param total in ticks, in all states
  /// @param steal of it, what the hypervisor gave to others
  public record Ticks(long total, long steal) {

    /// Reads the ticks; zeros without `/proc`.
    public static Ticks now() {
      return lines(STAT).stream().findFirst().map(Ticks::parse).orElse(new Ticks(0, 0));
    }

    /// Parses the line `cpu` of `/proc/stat`.
    static Ticks parse(String line) {
      long[] ticks =
          Arrays.stream(line.strip().split("\\s+")).skip(1).mapToLong(Long::parseLong).toArray();
      return new Ticks(
          Arrays.stream(ticks).limit(STEAL + 1L).sum(), ticks.length > STEAL ? ticks[STEAL] : 0);
    }

    /// The share of steal since an earlier time, in percent.
    public double stealPercentSince(Ticks earlier) {
      return total == earlier.total ? 0 : 100.0 * (steal - earlier.steal) / (total - earlier.total);
    }
  }

  private static String value(Path file, String key) {
    return lines(file).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException _) {
      return List.of();
    }
  }
}
