package com.secureapprove.chat.faultsuite.history;

import static com.secureapprove.chat.faultsuite.history.SmallHistory.FIRST;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.ROOM;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.SECOND;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.THIRD;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import org.junit.jupiter.api.Test;

/// The stored messages, and the order in which devices received them.
class CheckerTest {

  private final SmallHistory history = new SmallHistory();

  @Test
  void aGoodHistoryKeepsEveryPromise() {
    history.everythingWell();
    history.stands(new Standing("bob", ROOM, 3, 1, 1, true, 1, 1));
    // after a resync, events may repeat, and missed messages are fetched
    history.bob.add(new Seen.Resynced());
    history.bob.add(new Seen.Fetched(FIRST));
    history.bob.add(new Seen.Delivered(THIRD));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void anAcknowledgedMessageThatIsNotThereIsFound() {
    history.everythingWell();
    history.alice.add(new Seen.Accepted("key4", message(4, "alice")));

    assertThat(history.check()).contains(Promise.ACKNOWLEDGED_IS_KEPT);
  }

  @Test
  void anAcknowledgedMessageThatWasChangedIsFound() {
    history.everythingWell();
    history.alice.add(
        new Seen.Accepted("key3", new Message(ROOM, 3, "id3", "alice", "key3", "something else")));

    assertThat(history.check()).contains(Promise.ACKNOWLEDGED_IS_KEPT);
  }

  @Test
  void aGapIsFound() {
    history.everythingWell();
    history.stored.remove(SECOND);
    history.storedForBob.remove(SECOND);

    assertThat(history.check()).contains(Promise.NO_GAP);
  }

  @Test
  void aMessageStoredTwiceIsFound() {
    history.everythingWell();
    Message again = new Message(ROOM, 4, "id4", "alice", "key3", "text 3");
    history.store(again);

    assertThat(history.check()).contains(Promise.SENT_TWICE_IS_SENT_ONCE);
  }

  @Test
  void twoOrdersAreFound() {
    history.everythingWell();
    history.storedForBob.set(0, SECOND);
    history.storedForBob.set(1, FIRST);

    assertThat(history.check()).contains(Promise.ONE_ORDER);
  }

  @Test
  void aMessageDeliveredAtAnotherPlaceThanItHasIsFound() {
    history.everythingWell();
    history.bob.add(new Seen.Delivered(new Message(ROOM, 4, "id1", "alice", "key1", "text 1")));

    assertThat(history.check()).contains(Promise.ONE_ORDER);
  }

  @Test
  void aMessageDeliveredTwiceIsFound() {
    history.everythingWell();
    history.bob.add(new Seen.Delivered(THIRD));

    assertThat(history.check()).containsExactly(Promise.DELIVERED_ONCE);
  }

  @Test
  void aMessageDeliveredBeforeAnEarlierOneIsFound() {
    history.alice.add(new Seen.Delivered(THIRD));
    history.alice.add(new Seen.Delivered(SECOND));

    assertThat(history.check()).contains(Promise.DELIVERED_ONCE);
  }

  @Test
  void aFetchedMessageWithAnotherTextIsFound() {
    history.everythingWell();
    history.bob.add(
        new Seen.Fetched(new Message(ROOM, 1, "id1", "alice", "key1", "something else")));

    assertThat(history.check()).containsExactly(Promise.ONE_ORDER);
  }
}
