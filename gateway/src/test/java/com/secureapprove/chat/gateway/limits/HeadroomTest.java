package com.secureapprove.chat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeadroomTest {
  private final Headroom headroom = new Headroom();

  @Test
  void nothingIsAllowedAheadBeforeTheFirstCount() {
    assertThat(headroom.take(0)).isFalse();
  }

  @Test
  void aQuarterOfTheRoomIsAllowedAhead() {
    headroom.counted(false, 8, 0);
    assertThat(headroom.take(1)).isTrue();
    assertThat(headroom.take(1)).isTrue();
    assertThat(headroom.take(1)).isFalse();
    headroom.counted(true, 7, 2);
    assertThat(headroom.take(3)).isFalse();
    headroom.counted(true, 6, 4);
    assertThat(headroom.take(5)).isTrue();
  }

  @Test
  void nearTheLimitEachAttemptWaitsForItsCount() {
    headroom.counted(false, 3, 0);
    assertThat(headroom.take(1)).isFalse();
  }

  @Test
  void oldRoomIsNotUsed() {
    headroom.counted(false, 60, 0);
    assertThat(headroom.take(Duration.ofSeconds(11).toNanos())).isFalse();
  }
}
