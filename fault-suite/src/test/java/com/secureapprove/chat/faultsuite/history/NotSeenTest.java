package com.secureapprove.chat.faultsuite.history;

import static com.secureapprove.chat.faultsuite.history.SmallHistory.FIRST;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.ROOM;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.SECOND;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.THIRD;
import static com.secureapprove.chat.faultsuite.history.SmallHistory.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import org.junit.jupiter.api.Test;

/// Nobody receives data that they may not see.
class NotSeenTest {

  private final SmallHistory history = new SmallHistory();

  @Test
  void aMessageSeenAfterLeavingIsFound() {
    history.bob.add(new Seen.Delivered(FIRST));
    history.bob.add(new Seen.Left(ROOM));
    history.bob.add(new Seen.Delivered(SECOND));

    assertThat(history.check()).contains(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void aMessageSeenAfterComingBackIsFine() {
    history.everythingWell();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Joined(ROOM));
    history.stored.forEach(message -> tablet.add(new Seen.Delivered(message)));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void aMessageThatOvertakesTheNewsOfComingBackIsFine() {
    history.everythingWell();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Delivered(FIRST));
    tablet.add(new Seen.Joined(ROOM));
    tablet.add(new Seen.Delivered(SECOND));
    tablet.add(new Seen.Delivered(THIRD));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void aMessageSeenBeforeSomebodyAskedToComeBackIsFound() {
    history.everythingWell();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Joined(ROOM));
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Delivered(FIRST));
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Joined(ROOM));
    tablet.add(new Seen.Delivered(SECOND));
    tablet.add(new Seen.Delivered(THIRD));

    assertThat(history.check()).containsExactly(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void aMessageSeenByWhoWasAskedBackAndDidNotComeIsFound() {
    history.bob.add(new Seen.Left(ROOM));
    history.bob.add(new Seen.Invited(ROOM));
    history.bob.add(new Seen.Delivered(FIRST));

    assertThat(history.check()).contains(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void aStrangerWhoSeesAMessageIsFound() {
    history.everythingWell();
    DeviceLog mallory = history.device("mallory's", "mallory", "acme");
    mallory.add(new Seen.Fetched(FIRST));

    assertThat(history.check()).containsExactly(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void anotherTenantThatSeesAMessageIsFound() {
    history.everythingWell();
    DeviceLog namesake = history.device("bob's of globex", "bob", "globex");
    history.stored.forEach(message -> namesake.add(new Seen.Delivered(message)));

    assertThat(history.check()).contains(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void aSenderWhoWasNeverInItIsFound() {
    history.everythingWell();
    Message foreign = message(4, "mallory");
    history.store(foreign);

    assertThat(history.check()).contains(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void anExMemberWhoseListHasTheConversationIsFound() {
    history.everythingWell();
    history.everMembers.add("carol");
    history.stands(new Standing("carol", ROOM, 3, 0, 0, false, 0, 0));

    assertThat(history.check()).containsExactly(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void aConversationThatNobodyMadeIsFound() {
    history.everythingWell();
    history.bob.add(new Seen.Fetched(new Message("hall", 1, "id", "alice", "key", "text")));

    assertThat(history.check()).containsExactly(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void anInvitationThatCameToNothingExcusesNothing() {
    history.everythingWell();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.NotInvited(ROOM));
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Delivered(FIRST));
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Joined(ROOM));
    tablet.add(new Seen.Delivered(SECOND));
    tablet.add(new Seen.Delivered(THIRD));

    assertThat(history.check()).containsExactly(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void oneOfTwoInvitationsThatCameToNothingLeavesTheOther() {
    history.everythingWell();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.NotInvited(ROOM));
    tablet.add(new Seen.Delivered(FIRST));
    tablet.add(new Seen.Joined(ROOM));
    tablet.add(new Seen.Delivered(SECOND));
    tablet.add(new Seen.Delivered(THIRD));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void whoIsOutAgainWhenTheNewsComeWasBackMeanwhile() {
    history.everythingWell();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Delivered(FIRST));
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Joined(ROOM));
    tablet.add(new Seen.Delivered(SECOND));
    tablet.add(new Seen.Delivered(THIRD));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void whoIsOutAgainAndSeesMoreIsFound() {
    history.everythingWell();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Fetched(THIRD));
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Delivered(FIRST));
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Delivered(SECOND));

    assertThat(history.check()).containsExactly(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void whatCameEarlyIsNotExcusedByAnotherLeavingAfterAnInvitationThatCameToNothing() {
    history.everythingWell();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Delivered(FIRST));
    tablet.add(new Seen.NotInvited(ROOM));
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Joined(ROOM));
    tablet.add(new Seen.Delivered(SECOND));
    tablet.add(new Seen.Delivered(THIRD));

    assertThat(history.check()).containsExactly(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void afterAReloadItIsNotKnownWhatOneIsIn() {
    history.everythingWell();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Resynced());
    history.stored.forEach(message -> tablet.add(new Seen.Delivered(message)));

    assertThat(history.check()).isEmpty();
  }
}
