package com.secureapprove.chat.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final Duration FILL_TIME = Duration.ofSeconds(2);

  @Test
  void aBurstEmptiesTheBucketAndThenTheRateApplies() {
    TokenBucket bucket = new TokenBucket(20, FILL_TIME, 0);
    for (int i = 0; i < 20; i++) {
      assertThat(bucket.tryTake(0)).isTrue();
    }
    assertThat(bucket.take(0, 1)).isEqualTo(Duration.ofMillis(100));
    assertThat(bucket.tryTake(Duration.ofMillis(150).toNanos())).isTrue();
    assertThat(bucket.tryTake(Duration.ofMillis(150).toNanos())).isFalse();
  }

  @Test
  void severalTokensAreTakenTogetherOrNotAtAll() {
    TokenBucket bucket = new TokenBucket(20, FILL_TIME, 0);
    assertThat(bucket.take(0, 15)).isZero();
    assertThat(bucket.take(0, 15)).isEqualTo(Duration.ofSeconds(1));
    assertThat(bucket.take(0, 5)).isZero();
    assertThat(bucket.take(FILL_TIME.toNanos(), 100)).isZero();
  }

  @Test
  void anIdleBucketHoldsNoMoreThanItsCapacity() {
    TokenBucket bucket = new TokenBucket(20, FILL_TIME, 0);
    long later = Duration.ofHours(1).toNanos();
    for (int i = 0; i < 20; i++) {
      assertThat(bucket.tryTake(later)).isTrue();
    }
    assertThat(bucket.tryTake(later)).isFalse();
  }

  @Test
  void aTokenThatIsGivenBackCanBeTakenAgain() {
    TokenBucket bucket = new TokenBucket(1, FILL_TIME, 0);
    assertThat(bucket.tryTake(0)).isTrue();
    bucket.giveBack();
    assertThat(bucket.tryTake(0)).isTrue();
    assertThat(bucket.tryTake(0)).isFalse();
  }
}
