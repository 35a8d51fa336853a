package com.secureapprove.chat.faultsuite.history;

import static com.secureapprove.chat.faultsuite.history.ExampleHistory.CONVERSATION;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.message;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The final message of an owner reaches every device of a member, and no other.
class FinalMessageTest {

  private final ExampleHistory history = new ExampleHistory().deliverAll();

  @Test
  void aFinalMessageThatAllMembersReceiveIsValid() {
    ObservedMessage last = history.finalMessage();
    history.devices.forEach(device -> device.add(new HistoryEvent.Delivered(last)));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void aDeviceThatOnlyFetchesTheFinalMessageIsFound() {
    ObservedMessage last = history.finalMessage();
    history.alice.add(new HistoryEvent.Delivered(last));
    history.bob.add(new HistoryEvent.Fetched(last));

    assertThat(history.check()).containsExactly(Guarantee.CONVERGENCE);
  }

  @Test
  void anEarlierResyncDoesNotExcuseAMissingEvent() {
    history.bob.add(new HistoryEvent.Resynced());
    ObservedMessage last = history.finalMessage();
    history.alice.add(new HistoryEvent.Delivered(last));
    history.bob.add(new HistoryEvent.Fetched(last));

    assertThat(history.check()).containsExactly(Guarantee.CONVERGENCE);
  }

  @Test
  void aDeviceMayFetchTheFinalMessageAfterAResync() {
    ObservedMessage last = history.finalMessage();
    history.alice.add(new HistoryEvent.Delivered(last));
    history.bob.add(new HistoryEvent.Resynced());
    history.bob.add(new HistoryEvent.Fetched(last));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void aDeviceMayFetchTheFinalMessageAfterAReturn() {
    ObservedMessage last = history.finalMessage();
    history.alice.add(new HistoryEvent.Delivered(last));
    history.bob.add(new HistoryEvent.Joined(CONVERSATION));
    history.bob.add(new HistoryEvent.Fetched(last));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void aFormerMemberWhoReceivesTheFinalMessageIsFound() {
    history.everMembers.add("carol");
    history.device("carol's", "carol", "acme");
    ObservedMessage last = history.finalMessage();
    history.devices.forEach(device -> device.add(new HistoryEvent.Delivered(last)));

    assertThat(history.check()).containsExactly(Guarantee.ACCESS_ISOLATION);
  }

  @Test
  void aLostFinalMessageIsFound() {
    history.finalMessages.add(
        new FinalMessage(
            "alice",
            new HistoryEvent.SendInvoked(CONVERSATION, "key4", "text 4"),
            message(4, "alice")));

    assertThat(history.check()).contains(Guarantee.NO_LOST_ACKNOWLEDGEMENT);
  }

  @Test
  void aChangedFinalMessageIsFound() {
    history.finalMessages.add(
        new FinalMessage(
            "alice",
            new HistoryEvent.SendInvoked(CONVERSATION, "key3", "text 4"),
            ExampleHistory.THIRD));

    assertThat(history.check()).contains(Guarantee.INTEGRITY);
  }
}
