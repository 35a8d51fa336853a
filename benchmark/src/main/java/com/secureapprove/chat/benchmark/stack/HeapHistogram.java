package com.secureapprove.chat.benchmark.stack;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The live objects of a JVM by class, in bytes.
public record HeapHistogram(Map<String, Long> bytes) {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+)");

  /// What a collector puts over dead objects that it did not move.
  private static final String FILLER = "jdk.internal.vm.Filler";

  /// How much the objects of a class have grown.
  public record Growth(String type, long bytes) {}

  /// Collects the heap of a JVM and counts the live objects.
  public static HeapHistogram of(ProcessHandle jvm) throws IOException, InterruptedException {
    return parse(Jcmd.run(jvm, "GC.class_histogram"));
  }

  static HeapHistogram parse(String histogram) {
    return new HeapHistogram(
        ROW.matcher(histogram)
            .results()
            .filter(row -> !row.group(3).contains(FILLER))
            .collect(
                Collectors.toMap(
                    row -> row.group(3), row -> Long.parseLong(row.group(2)), Long::sum)));
  }

  /// The bytes of all objects.
  public long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /// The classes that have grown most since an earlier histogram.
  public List<Growth> growthSince(HeapHistogram earlier, int most) {
    return bytes.entrySet().stream()
        .map(each ->
            new Growth(
                each.getKey(), each.getValue() - earlier.bytes.getOrDefault(each.getKey(), 0L)))
        .sorted(Comparator.comparingLong(Growth::bytes).reversed())
        .limit(most)
        .toList();
  }
}
