package com.secureapprove.chat.systemtests.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.systemtests.chaos.history.Violation.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A small good history, and what is said of it when it is made wrong.
class CheckerTest {

  private static final String ROOM = "room";
  private static final Message FIRST = message(1, "alice");
  private static final Message SECOND = message(2, "bob");
  private static final Message THIRD = message(3, "alice");

  private final List<Message> stored = new ArrayList<>(List.of(FIRST, SECOND, THIRD));
  private final List<Message> storedForBob = new ArrayList<>(stored);
  private final DeviceLog alice = new DeviceLog("alice's", "alice", "acme");
  private final DeviceLog bob = new DeviceLog("bob's", "bob", "acme");
  private final List<Standing> standings = new ArrayList<>();

  @Test
  void aGoodHistoryKeepsEveryPromise() {
    everythingWell();
    standings.add(new Standing("bob", ROOM, 3, 1, 1, true, 1));
    standings.add(new Standing("alice", ROOM, 3, 0, 1, true, 0));
    // after a resync the same may come again, and what was missed is fetched
    bob.add(new Seen.Resynced());
    bob.add(new Seen.Fetched(FIRST));
    bob.add(new Seen.Delivered(THIRD));

    assertThat(check()).isEmpty();
  }

  @Test
  void anAcknowledgedMessageThatIsNotThereIsFound() {
    everythingWell();
    alice.add(new Seen.Accepted(message(4, "alice")));

    assertThat(check()).contains(Promise.ACKNOWLEDGED_IS_KEPT);
  }

  @Test
  void anAcknowledgedMessageThatWasChangedIsFound() {
    everythingWell();
    alice.add(new Seen.Accepted(new Message(ROOM, 3, "id3", "alice", "key3", "something else")));

    assertThat(check()).contains(Promise.ACKNOWLEDGED_IS_KEPT);
  }

  @Test
  void aGapIsFound() {
    everythingWell();
    stored.remove(SECOND);
    storedForBob.remove(SECOND);

    assertThat(check()).contains(Promise.NO_GAP);
  }

  @Test
  void aMessageStoredTwiceIsFound() {
    everythingWell();
    Message again = new Message(ROOM, 4, "id4", "alice", "key3", "text 3");
    stored.add(again);
    storedForBob.add(again);

    assertThat(check()).contains(Promise.SENT_TWICE_IS_SENT_ONCE);
  }

  @Test
  void twoOrdersAreFound() {
    everythingWell();
    storedForBob.set(0, SECOND);
    storedForBob.set(1, FIRST);

    assertThat(check()).contains(Promise.ONE_ORDER);
  }

  @Test
  void aMessageDeliveredAtAnotherPlaceThanItHasIsFound() {
    everythingWell();
    bob.add(new Seen.Delivered(new Message(ROOM, 4, "id1", "alice", "key1", "text 1")));

    assertThat(check()).contains(Promise.ONE_ORDER);
  }

  @Test
  void aMessageDeliveredTwiceIsFound() {
    everythingWell();
    bob.add(new Seen.Delivered(THIRD));

    assertThat(check()).containsExactly(Promise.DELIVERED_ONCE);
  }

  @Test
  void aMessageDeliveredBeforeAnEarlierOneIsFound() {
    alice.add(new Seen.Delivered(THIRD));
    alice.add(new Seen.Delivered(SECOND));

    assertThat(check()).contains(Promise.DELIVERED_ONCE);
  }

  @Test
  void aMessageSeenAfterLeavingIsFound() {
    bob.add(new Seen.Delivered(FIRST));
    bob.add(new Seen.Left(ROOM));
    bob.add(new Seen.Delivered(SECOND));

    assertThat(check()).contains(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void aMessageSeenAfterComingBackIsFine() {
    everythingWell();
    DeviceLog tablet = new DeviceLog("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Joined(ROOM));
    stored.forEach(message -> tablet.add(new Seen.Delivered(message)));

    assertThat(check(List.of(alice, bob, tablet))).isEmpty();
  }

  @Test
  void aMessageThatOvertakesTheNewsOfComingBackIsFine() {
    everythingWell();
    DeviceLog tablet = new DeviceLog("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Delivered(FIRST));
    tablet.add(new Seen.Joined(ROOM));
    tablet.add(new Seen.Delivered(SECOND));
    tablet.add(new Seen.Delivered(THIRD));

    assertThat(check(List.of(alice, bob, tablet))).isEmpty();
  }

  @Test
  void aMessageSeenBeforeSomebodyAskedToComeBackIsFound() {
    everythingWell();
    DeviceLog tablet = new DeviceLog("bob's tablet", "bob", "acme");
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Joined(ROOM));
    tablet.add(new Seen.Left(ROOM));
    tablet.add(new Seen.Delivered(FIRST));
    tablet.add(new Seen.Invited(ROOM));
    tablet.add(new Seen.Joined(ROOM));
    tablet.add(new Seen.Delivered(SECOND));
    tablet.add(new Seen.Delivered(THIRD));

    assertThat(check(List.of(alice, bob, tablet))).containsExactly(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void aMessageSeenByWhoWasAskedBackAndDidNotComeIsFound() {
    bob.add(new Seen.Left(ROOM));
    bob.add(new Seen.Invited(ROOM));
    bob.add(new Seen.Delivered(FIRST));

    assertThat(check()).contains(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void aStrangerWhoSeesAMessageIsFound() {
    everythingWell();
    DeviceLog mallory = new DeviceLog("mallory's", "mallory", "acme");
    mallory.add(new Seen.Fetched(FIRST));

    assertThat(check(List.of(alice, bob, mallory))).containsExactly(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void anotherTenantThatSeesAMessageIsFound() {
    everythingWell();
    DeviceLog namesake = new DeviceLog("bob's of globex", "bob", "globex");
    stored.forEach(message -> namesake.add(new Seen.Delivered(message)));

    assertThat(check(List.of(alice, bob, namesake))).contains(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void aSenderWhoWasNeverInItIsFound() {
    everythingWell();
    Message foreign = message(4, "mallory");
    stored.add(foreign);
    storedForBob.add(foreign);

    assertThat(check()).contains(Promise.NOT_YOURS_NOT_SEEN);
  }

  @Test
  void aDeviceThatLacksAMessageIsFound() {
    alice.add(new Seen.Delivered(FIRST));
    alice.add(new Seen.Delivered(THIRD));
    stored.forEach(message -> bob.add(new Seen.Delivered(message)));

    assertThat(check()).containsExactly(Promise.CAUGHT_UP);
  }

  @Test
  void aDeviceThatLacksOnlyTheLastMessageIsFound() {
    everythingWell();
    Message last = message(4, "bob");
    stored.add(last);
    storedForBob.add(last);
    bob.add(new Seen.Accepted(last));

    assertThat(check()).containsExactly(Promise.CAUGHT_UP);
  }

  @Test
  void aWrongUnreadCountIsFound() {
    everythingWell();
    standings.add(new Standing("bob", ROOM, 3, 1, 2, true, 0));

    assertThat(check()).containsExactly(Promise.UNREAD_IS_ITS_DEFINITION);
  }

  @Test
  void ofALateJoinerOnlyTooManyUnreadAreFound() {
    everythingWell();
    standings.add(new Standing("bob", ROOM, 3, 0, 0, false, 0));
    assertThat(check()).isEmpty();

    standings.add(new Standing("bob", ROOM, 3, 0, 3, false, 0));
    assertThat(check()).containsExactly(Promise.UNREAD_IS_ITS_DEFINITION);
  }

  @Test
  void aReadPositionThatWentBackIsFound() {
    everythingWell();
    standings.add(new Standing("bob", ROOM, 3, 1, 1, true, 3));

    assertThat(check()).containsExactly(Promise.READ_STAYS_READ);
  }

  private void everythingWell() {
    alice.add(new Seen.Accepted(FIRST));
    alice.add(new Seen.Delivered(SECOND));
    alice.add(new Seen.Accepted(THIRD));
    bob.add(new Seen.Delivered(FIRST));
    bob.add(new Seen.Accepted(SECOND));
    bob.add(new Seen.Delivered(THIRD));
  }

  private static Message message(long seq, String sender) {
    return new Message(ROOM, seq, "id" + seq, sender, "key" + seq, "text " + seq);
  }

  private List<Promise> check() {
    return check(List.of(alice, bob));
  }

  private List<Promise> check(List<DeviceLog> devices) {
    Set<String> people = Set.of("alice", "bob");
    Room room =
        new Room(ROOM, "acme", people, people, Map.of("alice", stored, "bob", storedForBob));
    return Checker.check(new History(devices, List.of(room), standings)).stream()
        .map(Violation::promise)
        .distinct()
        .toList();
  }
}
