package com.secureapprove.chat.faultsuite.history;

import static com.secureapprove.chat.faultsuite.history.ExampleHistory.CONVERSATION;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.FIRST;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.SECOND;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.THIRD;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.message;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Stored messages and the order of their delivery.
class CheckerTest {

  private final ExampleHistory history = new ExampleHistory();

  @Test
  void aValidHistoryHasNoViolations() {
    history.deliverAll();
    history.setReadState(new FinalReadState("bob", CONVERSATION, 3, 1, 1, true, 1, 1));
    // after a resync, events may repeat, and missed messages are fetched
    history.bob.add(new HistoryEvent.Resynced());
    history.bob.add(new HistoryEvent.Fetched(FIRST));
    history.bob.add(new HistoryEvent.Delivered(THIRD));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void aLostAcknowledgedMessageIsFound() {
    history.deliverAll();
    history.alice.add(new HistoryEvent.SendOk("key4", message(4, "alice")));

    assertThat(history.check()).contains(Guarantee.NO_LOST_ACKNOWLEDGEMENT);
  }

  @Test
  void aChangedAcknowledgedMessageIsFound() {
    history.deliverAll();
    history.alice.add(
        new HistoryEvent.SendOk(
            "key3",
            new ObservedMessage(CONVERSATION, 3, "id3", "alice", "key3", "something else")));

    assertThat(history.check()).contains(Guarantee.NO_LOST_ACKNOWLEDGEMENT);
  }

  @Test
  void aGapIsFound() {
    history.deliverAll();
    history.stored.remove(SECOND);
    history.storedForBob.remove(SECOND);

    assertThat(history.check()).contains(Guarantee.GAPLESS_SEQUENCE);
  }

  @Test
  void aMessageStoredTwiceIsFound() {
    history.deliverAll();
    ObservedMessage again = new ObservedMessage(CONVERSATION, 4, "id4", "alice", "key3", "text 3");
    history.store(again);

    assertThat(history.check()).contains(Guarantee.IDEMPOTENT_SENDS);
  }

  @Test
  void differentOrdersAreFound() {
    history.deliverAll();
    history.storedForBob.set(0, SECOND);
    history.storedForBob.set(1, FIRST);

    assertThat(history.check()).contains(Guarantee.TOTAL_ORDER);
  }

  @Test
  void aDeliveryWithAnotherSequenceNumberIsFound() {
    history.deliverAll();
    history.bob.add(
        new HistoryEvent.Delivered(
            new ObservedMessage(CONVERSATION, 4, "id1", "alice", "key1", "text 1")));

    assertThat(history.check()).contains(Guarantee.TOTAL_ORDER);
  }

  @Test
  void aDuplicateDeliveryIsFound() {
    history.deliverAll();
    history.bob.add(new HistoryEvent.Delivered(THIRD));

    assertThat(history.check()).containsExactly(Guarantee.EXACTLY_ONCE_IN_ORDER);
  }

  @Test
  void aDeliveryOutOfOrderIsFound() {
    history.alice.add(new HistoryEvent.Delivered(THIRD));
    history.alice.add(new HistoryEvent.Delivered(SECOND));

    assertThat(history.check()).contains(Guarantee.EXACTLY_ONCE_IN_ORDER);
  }

  @Test
  void aFetchedMessageWithChangedContentIsFound() {
    history.deliverAll();
    history.bob.add(
        new HistoryEvent.Fetched(
            new ObservedMessage(CONVERSATION, 1, "id1", "alice", "key1", "something else")));

    assertThat(history.check()).containsExactly(Guarantee.TOTAL_ORDER);
  }
}
