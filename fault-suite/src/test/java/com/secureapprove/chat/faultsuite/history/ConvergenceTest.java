package com.secureapprove.chat.faultsuite.history;

import static com.secureapprove.chat.faultsuite.history.ExampleHistory.FIRST;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.SECOND;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.THIRD;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.message;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.sent;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Every device of a member has every message at the end.
class ConvergenceTest {

  private final ExampleHistory history = new ExampleHistory();

  @Test
  void aMissingMessageIsFound() {
    history.alice.add(new HistoryEvent.Delivered(FIRST));
    history.alice.add(new HistoryEvent.Delivered(THIRD));
    history.stored.forEach(message -> history.bob.add(new HistoryEvent.Delivered(message)));

    assertThat(history.check()).contains(Guarantee.CONVERGENCE);
  }

  @Test
  void aMissingLastMessageIsFound() {
    history.deliverAll();
    ObservedMessage last = history.store(sent(history.bob, message(4, "bob")));
    history.bob.add(new HistoryEvent.SendOk("key4", last));

    assertThat(history.check()).containsExactly(Guarantee.CONVERGENCE);
  }

  @Test
  void aDeviceWithoutMessagesIsFound() {
    history.deliverAll();
    history.device("bob's tablet", "bob", "acme");

    assertThat(history.check()).containsExactly(Guarantee.CONVERGENCE);
  }

  @Test
  void aLostEventIsFoundAlthoughAResyncFollows() {
    history.deliverAll();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new HistoryEvent.Delivered(FIRST));
    tablet.add(new HistoryEvent.Delivered(THIRD));
    tablet.add(new HistoryEvent.Resynced());
    tablet.add(new HistoryEvent.Fetched(SECOND));

    assertThat(history.check()).containsExactly(Guarantee.EXACTLY_ONCE_IN_ORDER);
  }

  @Test
  void eventsMayBeMissedBeforeAResync() {
    history.deliverAll();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new HistoryEvent.Delivered(FIRST));
    tablet.add(new HistoryEvent.Resynced());
    tablet.add(new HistoryEvent.Delivered(THIRD));
    tablet.add(new HistoryEvent.Fetched(SECOND));

    assertThat(history.check()).isEmpty();
  }
}
