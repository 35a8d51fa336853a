package com.secureapprove.chat.faultsuite.history;

import static com.secureapprove.chat.faultsuite.history.SmallHistory.FIRST;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.SECOND;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.THIRD;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.message;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.sent;
import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import org.junit.jupiter.api.Test;

/// Every member's device has everything in the end.
class CaughtUpTest {

  private final SmallHistory history = new SmallHistory();

  @Test
  void aDeviceThatLacksAMessageIsFound() {
    history.alice.add(new Seen.Delivered(FIRST));
    history.alice.add(new Seen.Delivered(THIRD));
    history.stored.forEach(message -> history.bob.add(new Seen.Delivered(message)));

    assertThat(history.check()).contains(Promise.CAUGHT_UP);
  }

  @Test
  void aDeviceThatLacksOnlyTheLastMessageIsFound() {
    history.everythingWell();
    Message last = history.store(sent(history.bob, message(4, "bob")));
    history.bob.add(new Seen.Accepted("key4", last));

    assertThat(history.check()).containsExactly(Promise.CAUGHT_UP);
  }

  @Test
  void aDeviceOfAMemberThatSawNothingAtAllIsFound() {
    history.everythingWell();
    history.device("bob's tablet", "bob", "acme");

    assertThat(history.check()).containsExactly(Promise.CAUGHT_UP);
  }

  @Test
  void anEventThatIsLostIsFoundThoughAReloadMakesUpForIt() {
    history.everythingWell();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Delivered(FIRST));
    tablet.add(new Seen.Delivered(THIRD));
    tablet.add(new Seen.Resynced());
    tablet.add(new Seen.Fetched(SECOND));

    assertThat(history.check()).containsExactly(Promise.DELIVERED_ONCE);
  }

  @Test
  void whatIsMissedBeforeAReloadIsFine() {
    history.everythingWell();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Delivered(FIRST));
    tablet.add(new Seen.Resynced());
    tablet.add(new Seen.Delivered(THIRD));
    tablet.add(new Seen.Fetched(SECOND));

    assertThat(history.check()).isEmpty();
  }
}
