package com.secureapprove.chat.benchmark.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingsTest {
  @Test
  void memoryIsReadInBytes() {
    String status = "Name:\tjava\nVmRSS:\t  2048 kB\nRssAnon:\t   512 kB\n";

    assertThat(ProcessMemory.bytes(status, "VmRSS")).isEqualTo(2 << 20);
    assertThat(ProcessMemory.bytes(status, "RssAnon")).isEqualTo(512 << 10);
    assertThat(ProcessMemory.bytes(status, "VmSwap")).isZero();
  }

  @Test
  void aHistogramHasBytesByClass() {
    HeapHistogram before =
        HeapHistogram.parse("   1:   100    2400  java.lang.String (java.base)\n");
    HeapHistogram after =
        HeapHistogram.parse(
            """
             num     #instances         #bytes  class name (module)
               1:           200           4800  java.lang.String (java.base@25)
               2:            10           1000  [B (java.base@25)
               3:             5            900  [Ljdk.internal.vm.FillerElement; (java.base@25)
            Total           215           6700
            """);

    assertThat(after.total()).isEqualTo(5_800);
    assertThat(after.growthSince(before, 1))
        .containsExactly(new HeapHistogram.Growth("java.lang.String", 2_400));
  }

  @Test
  void theLargestValueOfAMeterCounts() {
    String exposition =
        "# HELP lag x\n"
            + "lag_seconds{shard=\"1\"} 0.5\n"
            + "lag_seconds{shard=\"2\"} 1.5\n"
            + "lag_seconds_x 9\n";

    assertThat(Metrics.largest(exposition, "lag_seconds")).hasValue(1.5);
    assertThat(Metrics.largest(exposition, "other")).isEmpty();
  }
}
