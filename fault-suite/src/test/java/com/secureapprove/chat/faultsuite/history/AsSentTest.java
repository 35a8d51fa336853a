package com.secureapprove.chat.faultsuite.history;

import static com.secureapprove.chat.faultsuite.history.SmallHistory.FIRST;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.ROOM;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.message;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.sent;
import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import org.junit.jupiter.api.Test;

/// Stored messages are exactly the sent ones.
class AsSentTest {

  private final SmallHistory history = new SmallHistory().everythingWell();

  @Test
  void anAnswerWithAnotherMessageThanTheOneThatWasSentIsFound() {
    history.alice.add(new Seen.Accepted("key3", FIRST));

    assertThat(history.check()).containsExactly(Promise.AS_IT_WAS_SENT);
  }

  @Test
  void anAnswerWithAMessageOfSomebodyElseIsFound() {
    history.alice.add(new Seen.Accepted("key2", SmallHistory.SECOND));

    assertThat(history.check()).containsExactly(Promise.AS_IT_WAS_SENT);
  }

  @Test
  void aMessageThatWasChangedBeforeItWasStoredIsFound() {
    Message changed = new Message(ROOM, 4, "id4", "alice", "key4", "something else");
    sent(history.alice, message(4, "alice"));
    everybodySees(changed);

    assertThat(history.check()).containsExactly(Promise.AS_IT_WAS_SENT);
  }

  @Test
  void aKeyThatWasChangedBeforeItWasStoredIsFound() {
    Message changed = new Message(ROOM, 4, "id4", "alice", "another key", "text 4");
    sent(history.alice, message(4, "alice"));
    everybodySees(changed);

    assertThat(history.check()).containsExactly(Promise.AS_IT_WAS_SENT);
  }

  @Test
  void aMessageThatNobodySentIsFound() {
    everybodySees(message(4, "alice"));

    assertThat(history.check()).containsExactly(Promise.AS_IT_WAS_SENT);
  }

  @Test
  void aMessageStoredElsewhereThanItWasSentIsFound() {
    history.alice.add(new Seen.Sent("another room", "key4", "text 4"));
    everybodySees(message(4, "alice"));

    assertThat(history.check()).containsExactly(Promise.AS_IT_WAS_SENT);
  }

  private void everybodySees(Message message) {
    history.store(message);
    history.devices.forEach(device -> device.add(new Seen.Delivered(message)));
  }
}
