package com.secureapprove.chat.benchmark.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
  void theLiveHeapIsTheTotalOfAHistogram() throws IOException {
    assertThat(
            ProcessMemory.total(
                "   1:  100  2400  java.lang.String\nTotal         1234       567890\n"))
        .isEqualTo(567_890);
  }

  @Test
  void theLargestValueOfAMeterCounts() {
    String exposition =
        "# HELP lag x\nlag_seconds{shard=\"1\"} 0.5\nlag_seconds{shard=\"2\"} 1.5\nlag_seconds_x 9\n";

    assertThat(Metrics.largest(exposition, "lag_seconds")).hasValue(1.5);
    assertThat(Metrics.largest(exposition, "other")).isEmpty();
  }
}
