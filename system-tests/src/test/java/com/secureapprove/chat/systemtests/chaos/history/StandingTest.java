package com.secureapprove.chat.systemtests.chaos.history;

import static com.secureapprove.chat.systemtests.chaos.history.SmallHistory.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.systemtests.chaos.history.Violation.Promise;
import org.junit.jupiter.api.Test;

/// Unread counts and read positions.
class StandingTest {

  private final SmallHistory history = new SmallHistory();

  @Test
  void aWrongUnreadCountIsFound() {
    history.everythingWell();
    history.standings.add(new Standing("bob", ROOM, 3, 1, 2, true, 0));

    assertThat(history.check()).containsExactly(Promise.UNREAD_IS_ITS_DEFINITION);
  }

  @Test
  void ofALateJoinerOnlyTooManyUnreadAreFound() {
    history.everythingWell();
    history.standings.add(new Standing("bob", ROOM, 3, 0, 0, false, 0));
    assertThat(history.check()).isEmpty();

    history.standings.add(new Standing("bob", ROOM, 3, 0, 3, false, 0));
    assertThat(history.check()).containsExactly(Promise.UNREAD_IS_ITS_DEFINITION);
  }

  @Test
  void aReadPositionThatWentBackIsFound() {
    history.everythingWell();
    history.standings.add(new Standing("bob", ROOM, 3, 1, 1, true, 3));

    assertThat(history.check()).containsExactly(Promise.READ_STAYS_READ);
  }
}
