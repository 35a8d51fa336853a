package com.secureapprove.chat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SlowRefusalsTest extends GatewayTest {
  @Inject SlowRefusals refusals;

  @Inject MeterRegistry registry;

  @Test
  void refusalsOfOnePersonAreDelayedAfterABurstAndThoseOfOthersAreNot() {
    Share alice = person();
    double before = delayed();
    AtomicInteger answered = new AtomicInteger();
    for (int i = 0; i < 1_000; i++) {
      refusals.afterDelay(alice, answered::incrementAndGet);
    }
    assertThat(answered).hasValueBetween(20, 900);
    assertThat(delayed() - before).isBetween(100.0, 980.0);

    AtomicInteger other = new AtomicInteger();
    refusals.afterDelay(person(), other::incrementAndGet);
    assertThat(other).hasValue(1);

    Awaitility.await().until(() -> answered.get() == 1_000);
  }

  @Test
  void aFloodDoesNotCollectRefusalsWithoutLimit() {
    Share person = person();
    AtomicInteger answered = new AtomicInteger();
    for (int i = 0; i < 12_000; i++) {
      refusals.afterDelay(person, answered::incrementAndGet);
    }
    assertThat(answered).hasValueGreaterThanOrEqualTo(2_000);
    Awaitility.await().until(() -> answered.get() == 12_000);
  }

  private double delayed() {
    return registry.get(GatewayMeters.DELAYED_REFUSALS).counter().count();
  }

  private static Share person() {
    return new Share("acme", UUID.randomUUID().toString());
  }
}
