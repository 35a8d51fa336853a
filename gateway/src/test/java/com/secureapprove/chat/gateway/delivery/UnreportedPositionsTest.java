package com.secureapprove.chat.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.contracts.DeliveredBatch.Item;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UnreportedPositionsTest {
  private final UnreportedPositions positions = new UnreportedPositions();
  private final UUID group = UUID.randomUUID();
  private final UUID pair = UUID.randomUUID();

  @Test
  void aSmallConversationIsReportedAtOnceWithTheNewestPositions() {
    positions.add(pair, "alice", 7);
    positions.add(pair, "alice", 5);
    positions.add(pair, "bob", 6);
    assertThat(positions.takeUrgent(_ -> true))
        .containsExactlyInAnyOrder(new Item(pair, "alice", 7), new Item(pair, "bob", 6));
    assertThat(positions.isEmpty()).isTrue();
  }

  @Test
  void aLargeGroupCostsTwoPositionsAndTheOthersWait() {
    for (int i = 0; i < 1_000; i++) {
      positions.add(group, "person-" + i, i);
    }
    positions.add(pair, "alice", 1);
    assertThat(positions.takeUrgent(_ -> true))
        .containsExactlyInAnyOrder(
            new Item(group, "person-999", 999),
            new Item(group, "person-998", 998),
            new Item(pair, "alice", 1));
    assertThat(positions.takeAll(_ -> true)).hasSize(998);
    assertThat(positions.isEmpty()).isTrue();
  }

  @Test
  void conversationsThatAreNotAskedForWait() {
    positions.add(pair, "alice", 1);
    positions.add(group, "bob", 2);
    assertThat(positions.takeUrgent(pair::equals)).containsExactly(new Item(pair, "alice", 1));
    assertThat(positions.takeAll(pair::equals)).isEmpty();
    assertThat(positions.takeAll(group::equals)).containsExactly(new Item(group, "bob", 2));
    assertThat(positions.isEmpty()).isTrue();
  }
}
