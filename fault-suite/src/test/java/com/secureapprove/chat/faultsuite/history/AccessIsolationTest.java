package com.secureapprove.chat.faultsuite.history;

import static com.secureapprove.chat.faultsuite.history.ExampleHistory.CONVERSATION;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.FIRST;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.SECOND;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.THIRD;
import static com.secureapprove.chat.faultsuite.history.ExampleHistory.message;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// People receive only data that they may see.
class AccessIsolationTest {

  private final ExampleHistory history = new ExampleHistory();

  @Test
  void aDeliveryAfterLeavingIsFound() {
    history.bob.add(new HistoryEvent.Delivered(FIRST));
    history.bob.add(new HistoryEvent.Left(CONVERSATION));
    history.bob.add(new HistoryEvent.Delivered(SECOND));

    assertThat(history.check()).contains(Guarantee.ACCESS_ISOLATION);
  }

  @Test
  void aDeliveryAfterReturningIsAllowed() {
    history.deliverAll();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new HistoryEvent.Left(CONVERSATION));
    tablet.add(new HistoryEvent.Joined(CONVERSATION));
    history.stored.forEach(message -> tablet.add(new HistoryEvent.Delivered(message)));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void aMessageMayOvertakeTheEventOfAReturn() {
    history.deliverAll();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new HistoryEvent.Left(CONVERSATION));
    tablet.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(FIRST));
    tablet.add(new HistoryEvent.Joined(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(SECOND));
    tablet.add(new HistoryEvent.Delivered(THIRD));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void aDeliveryBeforeTheInvitationIsFound() {
    history.deliverAll();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    tablet.add(new HistoryEvent.Joined(CONVERSATION));
    tablet.add(new HistoryEvent.Left(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(FIRST));
    tablet.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    tablet.add(new HistoryEvent.Joined(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(SECOND));
    tablet.add(new HistoryEvent.Delivered(THIRD));

    assertThat(history.check()).containsExactly(Guarantee.ACCESS_ISOLATION);
  }

  @Test
  void aDeliveryWithoutAReturnAfterTheInvitationIsFound() {
    history.bob.add(new HistoryEvent.Left(CONVERSATION));
    history.bob.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    history.bob.add(new HistoryEvent.Delivered(FIRST));

    assertThat(history.check()).contains(Guarantee.ACCESS_ISOLATION);
  }

  @Test
  void anObservationByANonMemberIsFound() {
    history.deliverAll();
    DeviceLog mallory = history.device("mallory's", "mallory", "acme");
    mallory.add(new HistoryEvent.Fetched(FIRST));

    assertThat(history.check()).containsExactly(Guarantee.ACCESS_ISOLATION);
  }

  @Test
  void anObservationByAnotherTenantIsFound() {
    history.deliverAll();
    DeviceLog namesake = history.device("bob's of globex", "bob", "globex");
    history.stored.forEach(message -> namesake.add(new HistoryEvent.Delivered(message)));

    assertThat(history.check()).contains(Guarantee.ACCESS_ISOLATION);
  }

  @Test
  void aSenderWhoWasNeverAMemberIsFound() {
    history.deliverAll();
    ObservedMessage foreign = message(4, "mallory");
    history.store(foreign);

    assertThat(history.check()).contains(Guarantee.ACCESS_ISOLATION);
  }

  @Test
  void aListEntryOfAFormerMemberIsFound() {
    history.deliverAll();
    history.everMembers.add("carol");
    history.setReadState(new FinalReadState("carol", CONVERSATION, 3, 0, 0, false, 0, 0));

    assertThat(history.check()).containsExactly(Guarantee.ACCESS_ISOLATION);
  }

  @Test
  void anUnknownConversationIsFound() {
    history.deliverAll();
    history.bob.add(
        new HistoryEvent.Fetched(new ObservedMessage("hall", 1, "id", "alice", "key", "text")));

    assertThat(history.check()).containsExactly(Guarantee.ACCESS_ISOLATION);
  }

  @Test
  void aFailedInvitationDoesNotExcuseADelivery() {
    history.deliverAll();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    tablet.add(new HistoryEvent.InviteFailed(CONVERSATION));
    tablet.add(new HistoryEvent.Left(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(FIRST));
    tablet.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    tablet.add(new HistoryEvent.Joined(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(SECOND));
    tablet.add(new HistoryEvent.Delivered(THIRD));

    assertThat(history.check()).containsExactly(Guarantee.ACCESS_ISOLATION);
  }

  @Test
  void aFailedInvitationLeavesAnotherOneOpen() {
    history.deliverAll();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new HistoryEvent.Left(CONVERSATION));
    tablet.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    tablet.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    tablet.add(new HistoryEvent.InviteFailed(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(FIRST));
    tablet.add(new HistoryEvent.Joined(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(SECOND));
    tablet.add(new HistoryEvent.Delivered(THIRD));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void anEarlyDeliveryIsAllowedIfThePersonReturnedAndLeftAgain() {
    history.deliverAll();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new HistoryEvent.Left(CONVERSATION));
    tablet.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(FIRST));
    tablet.add(new HistoryEvent.Left(CONVERSATION));
    tablet.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    tablet.add(new HistoryEvent.Joined(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(SECOND));
    tablet.add(new HistoryEvent.Delivered(THIRD));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void aDeliveryAfterLeavingAgainIsFound() {
    history.deliverAll();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new HistoryEvent.Fetched(THIRD));
    tablet.add(new HistoryEvent.Left(CONVERSATION));
    tablet.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(FIRST));
    tablet.add(new HistoryEvent.Left(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(SECOND));

    assertThat(history.check()).containsExactly(Guarantee.ACCESS_ISOLATION);
  }

  @Test
  void aLeaveEventAfterAFailedInvitationDoesNotExcuseAnEarlyDelivery() {
    history.deliverAll();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new HistoryEvent.Left(CONVERSATION));
    tablet.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(FIRST));
    tablet.add(new HistoryEvent.InviteFailed(CONVERSATION));
    tablet.add(new HistoryEvent.Left(CONVERSATION));
    tablet.add(new HistoryEvent.InviteInvoked(CONVERSATION));
    tablet.add(new HistoryEvent.Joined(CONVERSATION));
    tablet.add(new HistoryEvent.Delivered(SECOND));
    tablet.add(new HistoryEvent.Delivered(THIRD));

    assertThat(history.check()).containsExactly(Guarantee.ACCESS_ISOLATION);
  }

  @Test
  void membershipsAreUnknownAfterAResync() {
    history.deliverAll();
    DeviceLog tablet = history.device("bob's tablet", "bob", "acme");
    tablet.add(new HistoryEvent.Left(CONVERSATION));
    tablet.add(new HistoryEvent.Resynced());
    history.stored.forEach(message -> tablet.add(new HistoryEvent.Delivered(message)));

    assertThat(history.check()).isEmpty();
  }
}
