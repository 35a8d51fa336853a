package com.secureapprove.chat.benchmark.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.benchmark.load.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void roundsAreSummedBeforeTheyAreDivided() {
    Run all = Rounds.together(List.of(run(10, 1_000, 2), run(30, 5_000, 4)));

    assertThat(all.deliveredPerSecond()).isEqualTo(150);
    assertThat(all.cpuMicros("gateway", all.delivered())).isEqualTo(1_000);
    assertThat(all.latency().getTotalCount()).isEqualTo(2);
  }

  @Test
  void theSpreadIsTheRangeInPercentOfTheMean() {
    assertThat(Rounds.spreadPercent(90, 110)).isEqualTo(20);
    assertThat(Rounds.spreadPercent(100)).isZero();
  }

  private static Run run(double seconds, long delivered, int cpuSeconds) {
    Histogram latency = new Histogram(3);
    latency.recordValue(1_000_000);
    return new Run(
        seconds,
        delivered,
        0,
        delivered,
        latency,
        Map.of("gateway", Duration.ofSeconds(cpuSeconds)),
        Duration.ZERO);
  }
}
