package com.secureapprove.chat.faultsuite.history;

import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks a history against the guarantees.
public final class Checker {

  private final Truth truth;
  private final Findings findings = new Findings();

  private Checker(Truth truth) {
    this.truth = truth;
  }

  /// Every promise that was not kept, none for a good history; and how much each was held against.
  public static Findings check(History history) {
    Truth truth = new Truth(history);
    Checker checker = new Checker(truth);
    history.rooms().forEach(checker::checkRoom);
    for (DeviceLog device : history.devices()) {
      new DeviceCheck(truth, device, checker.findings).check(history);
    }
    history.lastWords().forEach(checker::checkLastWord);
    history.standings().forEach(checker::checkStanding);
    history.rooms().forEach(room -> checker.checkListed(room, history.standings()));
    return checker.findings;
  }

  private void checkRoom(Room room) {
    List<Message> messages = truth.messages(room.id());
    findings.held(Promise.NO_GAP, messages.size());
    findings.held(Promise.SENT_TWICE_IS_SENT_ONCE, messages.size());
    findings.held(Promise.AS_IT_WAS_SENT, messages.size());
    room.stored()
        .forEach((reader, view) -> {
          if (!messages.equals(view)) {
            fail(Promise.ONE_ORDER, "%s has another history for %s", room.id(), reader);
          }
        });
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (message.seq() != i + 1) {
        fail(Promise.NO_GAP, "at place %d there is %s", i + 1, message);
      }
      if (!keys.add(message.sender() + " " + message.key())) {
        fail(Promise.SENT_TWICE_IS_SENT_ONCE, "%s is there twice", message);
      }
      if (!truth.isAsSent(message)) {
        fail(Promise.AS_IT_WAS_SENT, "nobody sent %s", message);
      }
      if (!room.everMembers().contains(message.sender())) {
        fail(Promise.NOT_YOURS_NOT_SEEN, "%s was never in it", message);
      }
    }
  }

  private void checkLastWord(LastWord last) {
    Message message = last.message();
    if (!message.sender().equals(last.owner())
        || !message.key().equals(last.sent().key())
        || !truth.isAsSent(message)) {
      fail(Promise.AS_IT_WAS_SENT, "%s sent %s, told of %s", last.owner(), last.sent(), message);
    }
    if (!truth.has(message)) {
      fail(Promise.ACKNOWLEDGED_IS_KEPT, "%s was told of %s", last.owner(), message);
    }
  }

  private void checkStanding(Standing standing) {
    findings.held(Promise.UNREAD_IS_ITS_DEFINITION, 1);
    findings.held(Promise.READ_STAYS_READ, standing.readAtLeast() > 0 ? 1 : 0);
    findings.held(Promise.READ_IS_SAID, 1);
    Room room = truth.room(standing.conversation());
    if (room == null || !room.members().contains(standing.person())) {
      fail(Promise.NOT_YOURS_NOT_SEEN, "who is not in it has %s", standing);
      return;
    }
    List<Message> all = truth.messages(standing.conversation());
    if (standing.lastSeq() != all.size()) {
      fail(Promise.UNREAD_IS_ITS_DEFINITION, "of %d messages: %s", all.size(), standing);
    }
    long unread =
        all.stream()
            .filter(message -> message.seq() > standing.readSeq())
            .filter(message -> !message.sender().equals(standing.person()))
            .count();
    // Who came later counts from then on, which is not seen from outside.
    if (standing.unread() > unread || (standing.fromTheStart() && standing.unread() < unread)) {
      fail(Promise.UNREAD_IS_ITS_DEFINITION, "it should be %d: %s", unread, standing);
    }
    if (standing.readSeq() < standing.readAtLeast() || standing.readSeq() > all.size()) {
      fail(Promise.READ_STAYS_READ, "%s", standing);
    }
    if (standing.readSeq() > standing.readAtMost()) {
      fail(Promise.READ_IS_SAID, "%s", standing);
    }
  }

  private void checkListed(Room room, List<Standing> standings) {
    Map<String, Long> listed =
        standings.stream()
            .filter(standing -> standing.conversation().equals(room.id()))
            .collect(Collectors.groupingBy(Standing::person, Collectors.counting()));
    findings.held(Promise.LISTED, room.members().size());
    for (String member : room.members()) {
      long times = listed.getOrDefault(member, 0L);
      if (times != 1) {
        fail(Promise.LISTED, "%s is %d times in the list of %s", room.id(), times, member);
      }
    }
  }

  private void fail(Promise promise, String what, Object... arguments) {
    findings.broken(promise, what.formatted(arguments));
  }
}
