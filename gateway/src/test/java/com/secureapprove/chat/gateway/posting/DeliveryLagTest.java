package com.secureapprove.chat.gateway.posting;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.platform.events.EventStreams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryLagTest {
  private static final int SHARD = EventStreams.shardOf("acme");
  private static final UUID CONVERSATION = UUID.randomUUID();

  private long now = 1_000;
  private final DeliveryLag lag = new DeliveryLag(() -> now);

  @Test
  void promptDeliveryNeedsNoPause() {
    lag.observe("acme", item("a")).orElseThrow().acknowledge();
    pass(Duration.ofMillis(100));
    lag.arrived(SHARD, message("a"));
    assertThat(lag.pause("acme")).isZero();
  }

  @Test
  void lateDeliveryPausesTheLanesOfItsShardAsLongAsItIsLate() {
    lag.observe("acme", item("a")).orElseThrow().acknowledge();
    pass(Duration.ofMillis(800));
    assertThat(lag.pause("acme")).isEqualTo(Duration.ofMillis(800));
    assertThat(lag.pause(tenantOfAnotherShard())).isZero();
    pass(Duration.ofSeconds(10));
    assertThat(lag.pause("acme")).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void lagHoldsUntilTheNextMessageArrives() {
    lag.observe("acme", item("a")).orElseThrow().acknowledge();
    pass(Duration.ofSeconds(1));
    lag.arrived(SHARD, message("a"));
    assertThat(lag.pause("acme")).isEqualTo(Duration.ofSeconds(1));
    lag.observe("acme", item("b")).orElseThrow().acknowledge();
    lag.arrived(SHARD, message("b"));
    assertThat(lag.pause("acme")).isZero();
  }

  @Test
  void lagOfAPastBurstEnds() {
    lag.observe("acme", item("a")).orElseThrow().acknowledge();
    pass(Duration.ofSeconds(1));
    lag.arrived(SHARD, message("a"));
    pass(Duration.ofSeconds(4));
    assertThat(lag.pause("acme")).isZero();
  }

  @Test
  void eventBeforeItsAcknowledgementIsNotLate() {
    DeliveryLag.Observation observation = lag.observe("acme", item("a")).orElseThrow();
    pass(Duration.ofSeconds(5));
    lag.arrived(SHARD, message("a"));
    observation.acknowledge();
    pass(Duration.ofSeconds(5));
    assertThat(lag.pause("acme")).isZero();
  }

  @Test
  void messageThatWasNotStoredIsNotAwaited() {
    lag.observe("acme", item("a")).orElseThrow().cancel();
    pass(Duration.ofSeconds(5));
    assertThat(lag.pause("acme")).isZero();
    assertThat(lag.observe("acme", item("b"))).isPresent();
  }

  @Test
  void onlyOneMessageIsObservedAtATime() {
    lag.observe("acme", item("a"));
    assertThat(lag.observe("acme", item("b"))).isEmpty();
    lag.arrived(SHARD, message("b"));
    assertThat(lag.observe("acme", item("c"))).isEmpty();
  }

  @Test
  void outageOfTheStreamDoesNotPause() {
    lag.observe("acme", item("a")).orElseThrow().acknowledge();
    pass(Duration.ofSeconds(5));
    lag.unknown(SHARD);
    assertThat(lag.pause("acme")).isZero();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static String tenantOfAnotherShard() {
    int n = 0;
    while (EventStreams.shardOf("tenant" + n) == SHARD) {
      n++;
    }
    return "tenant" + n;
  }

  private static MessageBatch.Item item(String key) {
    return new MessageBatch.Item(CONVERSATION, "alice", "hello", List.of(), key, null, null);
  }

  private static MessageView message(String key) {
    Instant at = Instant.EPOCH;
    return new MessageView(
        UUID.randomUUID(),
        CONVERSATION,
        1,
        "alice",
        "Alice",
        "a@acme.example",
        "hello",
        false,
        List.of(),
        at,
        at,
        key,
        MessageStatus.SENT);
  }
}
