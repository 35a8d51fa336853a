package com.secureapprove.chat.serviceplatform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.serviceplatform.outbox.Gaps.Gap;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapsTest {
  private final Gaps gaps = new Gaps(10);

  @Test
  void consecutivePositionsLeaveNoGap() {
    gaps.read(List.of(11L, 12L, 13L), 100, 105);
    assertThat(gaps.open()).isEmpty();
    assertThat(gaps.complete()).isEqualTo(13);
  }

  @Test
  void aMissingPositionIsAGapWhileItsTransactionMayRun() {
    gaps.read(List.of(11L, 14L), 100, 105);
    assertThat(gaps.open()).containsExactly(new Gap(12, 13, 105));
    assertThat(gaps.highest()).isEqualTo(14);
    assertThat(gaps.complete()).isEqualTo(11);
  }

  @Test
  void aLateRowFillsItsGap() {
    gaps.read(List.of(11L, 14L), 100, 105);
    gaps.read(List.of(13L, 15L), 101, 106);
    assertThat(gaps.open()).containsExactly(new Gap(12, 12, 105));
    gaps.read(List.of(12L), 102, 107);
    assertThat(gaps.open()).isEmpty();
    assertThat(gaps.complete()).isEqualTo(15);
  }

  @Test
  void aGapEndsWithTheTransactionsThatRanWhenItWasSeen() {
    gaps.read(List.of(13L), 100, 105);
    gaps.read(List.of(), 104, 110);
    assertThat(gaps.open()).containsExactly(new Gap(11, 12, 105));
    gaps.read(List.of(), 105, 111);
    assertThat(gaps.open()).isEmpty();
    assertThat(gaps.complete()).isEqualTo(13);
  }

  /// A transaction that had an id may be newer than every one that has ended.
  @Test
  void aNewGapIsKeptUntilItsBoundHasPassed() {
    assertThat(gaps.misses(List.of(11L, 12L))).isFalse();
    assertThat(gaps.misses(List.of(13L))).isTrue();
    gaps.read(List.of(13L), 105, 107);
    gaps.read(List.of(), 106, 0);
    assertThat(gaps.open()).containsExactly(new Gap(11, 12, 107));
    gaps.read(List.of(11L, 12L), 106, 0);
    assertThat(gaps.complete()).isEqualTo(13);
  }
}
