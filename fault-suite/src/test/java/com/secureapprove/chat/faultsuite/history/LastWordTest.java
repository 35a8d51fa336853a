package com.secureapprove.chat.faultsuite.history;

import static com.secureapprove.chat.faultsuite.history.SmallHistory.ROOM;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import org.junit.jupiter.api.Test;

/// The final message of an owner reaches every device of a member, and no other.
class LastWordTest {

  private final SmallHistory history = new SmallHistory().everythingWell();

  @Test
  void aLastWordThatEverybodyHearsIsFine() {
    Message last = history.lastWord();
    history.devices.forEach(device -> device.add(new Seen.Delivered(last)));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void aDeviceThatOnlyFetchesItIsFound() {
    Message last = history.lastWord();
    history.alice.add(new Seen.Delivered(last));
    history.bob.add(new Seen.Fetched(last));

    assertThat(history.check()).containsExactly(Promise.CAUGHT_UP);
  }

  @Test
  void aDeviceThatWasToldToReloadBeforeStillHasToHearIt() {
    history.bob.add(new Seen.Resynced());
    Message last = history.lastWord();
    history.alice.add(new Seen.Delivered(last));
    history.bob.add(new Seen.Fetched(last));

    assertThat(history.check()).containsExactly(Promise.CAUGHT_UP);
  }

  @Test
  void aDeviceThatIsToldToReloadMayFetchIt() {
    Message last = history.lastWord();
    history.alice.add(new Seen.Delivered(last));
    history.bob.add(new Seen.Resynced());
    history.bob.add(new Seen.Fetched(last));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void aDeviceThatIsToldOfItsReturnMayFetchIt() {
    Message last = history.lastWord();
    history.alice.add(new Seen.Delivered(last));
    history.bob.add(new Seen.Joined(ROOM));
    history.bob.add(new Seen.Fetched(last));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void anExMemberWhoStillHearsIsFound() {
    history.everMembers.add("carol");
    history.device("carol's", "carol", "acme");
    Message last = history.lastWord();
    history.devices.forEach(device -> device.add(new Seen.Delivered(last)));

    assertThat(history.check()).containsExactly(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void aLastWordThatIsNotThereIsFound() {
    history.lastWords.add(
        new LastWord("alice", new Seen.Sent(ROOM, "key4", "text 4"), message(4, "alice")));

    assertThat(history.check()).contains(Promise.ACKNOWLEDGED_IS_KEPT);
  }

  @Test
  void aLastWordThatWasChangedIsFound() {
    history.lastWords.add(
        new LastWord("alice", new Seen.Sent(ROOM, "key3", "text 4"), SmallHistory.THIRD));

    assertThat(history.check()).contains(Promise.AS_IT_WAS_SENT);
  }
}
