package com.secureapprove.chat.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.contracts.DeliveredBatch.Item;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    assertThat(positions.takeUrgent(_ -> true)).isEmpty();
    assertThat(positions.takeAll()).hasSize(998);
    assertThat(positions.isEmpty()).isTrue();
  }

  @Test
  void theOthersOfALargeGroupAreReportedInTurnAndAFixedNumberAtATime() {
    Set<String> reported = new HashSet<>();
    for (int round = 1; round <= 20; round++) {
      for (int i = 0; i < 1_000; i++) {
        positions.add(group, "person-" + i, round);
      }
      List<Item> items = positions.takeOldest(_ -> true);
      assertThat(items).hasSize(52).extracting(Item::seq).contains((long) round);
      items.forEach(item -> reported.add(item.userId()));
    }
    assertThat(reported).hasSizeGreaterThan(980);
  }

  @Test
  void largeGroupsLeaveRoomForSmallConversations() {
    for (int i = 0; i < 200_000; i++) {
      positions.add(group, "person-" + i, i);
    }
    positions.add(pair, "alice", 1);
    assertThat(positions.takeUrgent(_ -> true))
        .containsExactlyInAnyOrder(
            new Item(group, "person-199999", 199_999),
            new Item(group, "person-199998", 199_998),
            new Item(pair, "alice", 1));
  }

  @Test
  void conversationsThatAreNotAskedForWait() {
    positions.add(pair, "alice", 1);
    positions.add(group, "bob", 2);
    assertThat(positions.takeUrgent(pair::equals)).containsExactly(new Item(pair, "alice", 1));
    assertThat(positions.takeOldest(pair::equals)).isEmpty();
    assertThat(positions.takeOldest(group::equals)).containsExactly(new Item(group, "bob", 2));
    assertThat(positions.isEmpty()).isTrue();
  }
}
