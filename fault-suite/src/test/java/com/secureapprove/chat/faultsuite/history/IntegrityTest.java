package com.secureapprove.chat.faultsuite.history;

import static com.secureapprove.chat.faultsuite.history.ExampleHistory.CONVERSATION;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.FIRST;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.message;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.sent;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Stored messages are exactly the sent ones.
class IntegrityTest {

  private final ExampleHistory history = new ExampleHistory().deliverAll();

  @Test
  void anAcknowledgementOfAnotherMessageIsFound() {
    history.alice.add(new HistoryEvent.SendOk("key3", FIRST));

    assertThat(history.check()).containsExactly(Guarantee.INTEGRITY);
  }

  @Test
  void anAcknowledgementOfAnotherSendersMessageIsFound() {
    history.alice.add(new HistoryEvent.SendOk("key2", ExampleHistory.SECOND));

    assertThat(history.check()).containsExactly(Guarantee.INTEGRITY);
  }

  @Test
  void changedContentIsFound() {
    ObservedMessage changed =
        new ObservedMessage(CONVERSATION, 4, "id4", "alice", "key4", "something else");
    sent(history.alice, message(4, "alice"));
    deliverToAll(changed);

    assertThat(history.check()).containsExactly(Guarantee.INTEGRITY);
  }

  @Test
  void aChangedKeyIsFound() {
    ObservedMessage changed =
        new ObservedMessage(CONVERSATION, 4, "id4", "alice", "another key", "text 4");
    sent(history.alice, message(4, "alice"));
    deliverToAll(changed);

    assertThat(history.check()).containsExactly(Guarantee.INTEGRITY);
  }

  @Test
  void aMessageWithoutASendIsFound() {
    deliverToAll(message(4, "alice"));

    assertThat(history.check()).containsExactly(Guarantee.INTEGRITY);
  }

  @Test
  void aMessageInAnotherConversationIsFound() {
    history.alice.add(new HistoryEvent.SendInvoked("another room", "key4", "text 4"));
    deliverToAll(message(4, "alice"));

    assertThat(history.check()).containsExactly(Guarantee.INTEGRITY);
  }

  private void deliverToAll(ObservedMessage message) {
    history.store(message);
    history.devices.forEach(device -> device.add(new HistoryEvent.Delivered(message)));
  }
}
