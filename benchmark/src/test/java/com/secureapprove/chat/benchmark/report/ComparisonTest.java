package com.secureapprove.chat.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.benchmark.report.Comparison.Change;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void aDifferenceOfFivePercentCountsAsNone() {
    assertThat(change(Result.plain("B1", "rate", 100, "/s"), Result.plain("B1", "rate", 95, "/s")))
        .isEqualTo(Change.SAME);
    assertThat(change(Result.plain("B1", "rate", 100, "/s"), Result.plain("B1", "rate", 94, "/s")))
        .isEqualTo(Change.WORSE);
    assertThat(change(Result.plain("B1", "rate", 100, "/s"), Result.plain("B1", "rate", 106, "/s")))
        .isEqualTo(Change.BETTER);
  }

  @Test
  void lessTimeIsBetter() {
    assertThat(change(Result.plain("B1", "CPU", 100, "µs"), Result.plain("B1", "CPU", 80, "µs")))
        .isEqualTo(Change.BETTER);
  }

  @Test
  void ratiosAreComparedWhereBothRunsHaveOne() {
    // The machine was half as fast, and so was the limit.
    assertThat(
            change(
                Result.atLeast("B3", "deliveries", 80, "/s", 100, 0.85),
                Result.atLeast("B3", "deliveries", 40, "/s", 50, 0.85)))
        .isEqualTo(Change.SAME);
  }

  @Test
  void figuresOfOneRunOnlyAreLeftOut() {
    assertThat(
            Comparison.of(
                    figures(Result.plain("B1", "old", 1, "")),
                    figures(Result.plain("B1", "new", 1, "")))
                .rows())
        .isEmpty();
  }

  @Test
  void aLaterRunReplacesTheWorkloadsThatItMeasured() {
    Figures joined =
        figures(Result.plain("B1", "rate", 1, "/s"), Result.plain("B2", "rate", 2, "/s"))
            .with(figures(Result.plain("B1", "rate", 3, "/s")));

    assertThat(joined.results()).extracting(Result::value).containsExactly(3.0, 2.0);
  }

  private static Change change(Result before, Result now) {
    return Comparison.of(figures(before), figures(now)).rows().getFirst().change();
  }

  private static Figures figures(Result... results) {
    return new Figures(Map.of(), List.of(), List.of(results), List.of());
  }
}
