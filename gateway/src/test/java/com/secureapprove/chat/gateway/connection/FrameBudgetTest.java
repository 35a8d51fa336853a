package com.secureapprove.chat.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FrameBudgetTest {

  @Test
  void twiceAsManyAtOnceAndThenAsManyASecond() {
    FrameBudget budget = new FrameBudget(10, 0);
    for (int i = 0; i < 20; i++) {
      assertThat(budget.take(0)).isTrue();
    }
    assertThat(budget.take(0)).isFalse();
    assertThat(budget.take(Duration.ofMillis(150).toNanos())).isTrue();
    assertThat(budget.take(Duration.ofMillis(150).toNanos())).isFalse();
  }

  @Test
  void whoWasQuietForLongMaySendNoMoreThanThat() {
    FrameBudget budget = new FrameBudget(10, 0);
    long later = Duration.ofHours(1).toNanos();
    for (int i = 0; i < 20; i++) {
      assertThat(budget.take(later)).isTrue();
    }
    assertThat(budget.take(later)).isFalse();
  }
}
