package com.secureapprove.chat.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTest {
  @Test
  void aRateMeetsItsBarFromTheWantedRatioOn() {
    Result result = Result.atLeast("B3", "deliveries", 85, "/s", 100, 0.85);

    assertThat(result.ratio()).isEqualTo(0.85);
    assertThat(result.bar()).isEqualTo("≥ 0.85 ×");
    assertThat(result.met()).isTrue();
    assertThat(Result.atLeast("B3", "deliveries", 84, "/s", 100, 0.85).met()).isFalse();
  }

  @Test
  void aCostMeetsItsBarUpToTheWantedRatio() {
    assertThat(Result.atMost("B1", "CPU a message", 300, "µs", 100, 3).met()).isTrue();
    assertThat(Result.atMost("B1", "CPU a message", 301, "µs", 100, 3).met()).isFalse();
  }

  @Test
  void anAbsoluteBarHasNoRatio() {
    Result result = Result.noMore("B2", "p99", 30, "ms", 25);

    assertThat(result.ratio()).isNull();
    assertThat(result.bar()).isEqualTo("≤ 25 ms");
    assertThat(result.met()).isFalse();
    assertThat(Result.noLess("B5", "sign-ins", 1_000, "/s", 1_000).met()).isTrue();
  }

  @Test
  void aRowNamesLimitRatioAndVerdict() {
    assertThat(Result.atLeast("B1", "delivered", 2_000, "/s", 4_000, 0.4).row())
        .contains("2,000", "limit 4,000", "ratio 0.500", "bar ≥ 0.40 ×: met");
  }
}
