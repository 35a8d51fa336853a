package com.secureapprove.chat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PermitsTest {
  @Test
  void eachKeyHasItsOwnPermits() {
    Permits<String> permits = new Permits<>(2);
    assertThat(permits.tryAcquire("acme")).isTrue();
    assertThat(permits.tryAcquire("acme")).isTrue();
    assertThat(permits.tryAcquire("acme")).isFalse();
    assertThat(permits.tryAcquire("globex")).isTrue();
    permits.release("acme");
    assertThat(permits.tryAcquire("acme")).isTrue();
    assertThat(permits.tryAcquire("acme")).isFalse();
  }
}
