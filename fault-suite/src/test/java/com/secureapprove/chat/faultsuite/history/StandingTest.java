package com.secureapprove.chat.faultsuite.history;

import static com.secureapprove.chat.faultsuite.history.SmallHistory.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Lists, unread counts and read positions.
class StandingTest {

  private static final Standing BOB = new Standing("bob", ROOM, 3, 0, 2, true, 0, 0);

  private final SmallHistory history = new SmallHistory().everythingWell();

  @Test
  void tooManyUnreadAreFound() {
    history.stands(new Standing("bob", ROOM, 3, 1, 2, true, 0, 1));

    assertThat(history.check()).containsExactly(Promise.UNREAD_IS_ITS_DEFINITION);
  }

  @Test
  void tooFewUnreadAreFound() {
    history.stands(new Standing("bob", ROOM, 3, 0, 1, true, 0, 0));

    assertThat(history.check()).containsExactly(Promise.UNREAD_IS_ITS_DEFINITION);
  }

  @Test
  void ofALateJoinerTooFewUnreadAreFine() {
    history.stands(new Standing("bob", ROOM, 3, 0, 0, false, 0, 0));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void ofALateJoinerTooManyUnreadAreFound() {
    history.stands(new Standing("bob", ROOM, 3, 0, 3, false, 0, 0));

    assertThat(history.check()).containsExactly(Promise.UNREAD_IS_ITS_DEFINITION);
  }

  @Test
  void anotherNumberOfMessagesThanThereAreIsFound() {
    history.stands(new Standing("bob", ROOM, 2, 0, 2, true, 0, 0));

    assertThat(history.check()).containsExactly(Promise.UNREAD_IS_ITS_DEFINITION);
  }

  @Test
  void aReadPositionThatWentBackIsFound() {
    history.stands(new Standing("bob", ROOM, 3, 1, 1, true, 3, 3));

    assertThat(history.check()).containsExactly(Promise.READ_STAYS_READ);
  }

  @Test
  void aReadPositionBeyondTheLastMessageIsFound() {
    history.stands(new Standing("bob", ROOM, 3, 4, 0, true, 0, 4));

    assertThat(history.check()).containsExactly(Promise.READ_STAYS_READ);
  }

  @Test
  void aReadPositionThatNoDeviceAskedForIsFound() {
    history.stands(new Standing("bob", ROOM, 3, 3, 0, true, 0, 1));

    assertThat(history.check()).containsExactly(Promise.READ_IS_SAID);
  }

  @Test
  void aMemberWhoseListLacksTheConversationIsFound() {
    history.standings.put("bob", List.of());

    assertThat(history.check()).containsExactly(Promise.LISTED);
  }

  @Test
  void aMemberWhoseListHasTheConversationTwiceIsFound() {
    history.standings.put("bob", List.of(BOB, BOB));

    assertThat(history.check()).containsExactly(Promise.LISTED);
  }
}
