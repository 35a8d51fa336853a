package com.secureapprove.chat.systemtests.chaos.history;

import com.secureapprove.chat.systemtests.chaos.history.Violation.Promise;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds a history against what is promised.
public final class Checker {

  private final History history;
  private final Map<String, Room> rooms;
  private final Map<String, List<Message>> truth = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private Checker(History history) {
    this.history = history;
    this.rooms = history.rooms().stream().collect(Collectors.toMap(Room::id, room -> room));
  }

  /// Every promise that was not kept; none for a good history.
  public static List<Violation> check(History history) {
    Checker checker = new Checker(history);
    history.rooms().forEach(checker::checkRoom);
    history.devices().forEach(checker::checkDevice);
    history.standings().forEach(checker::checkStanding);
    return List.copyOf(checker.violations);
  }

  private void checkRoom(Room room) {
    @Nullable List<Message> first = null;
    for (Map.Entry<String, List<Message>> view : room.stored().entrySet()) {
      if (first == null) {
        first = view.getValue();
      } else if (!first.equals(view.getValue())) {
        fail(Promise.ONE_ORDER, "%s has another history for %s", room.id(), view.getKey());
      }
    }
    List<Message> messages = first == null ? List.of() : first;
    truth.put(room.id(), messages);
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (message.seq() != i + 1) {
        fail(Promise.NO_GAP, "at place %d there is %s", i + 1, message);
      }
      if (!keys.add(message.sender() + " " + message.key())) {
        fail(Promise.SENT_TWICE_IS_SENT_ONCE, "%s is there twice", message);
      }
      if (!room.everMembers().contains(message.sender())) {
        fail(Promise.NOT_YOURS_NOT_SEEN, "%s was never in it", message);
      }
    }
  }

  private void checkDevice(DeviceLog device) {
    Map<String, BitSet> has = new HashMap<>();
    Map<String, Long> lastDelivered = new HashMap<>();
    Outside outside = new Outside();
    for (Seen seen : device.seen()) {
      switch (seen) {
        case Seen.Delivered(Message message) -> {
          take(device, message, has);
          Long before = lastDelivered.put(message.conversation(), message.seq());
          if (before != null && before >= message.seq()) {
            fail(Promise.DELIVERED_ONCE, "%s got %s after #%d", device.device(), message, before);
          }
          outside.delivered(message);
        }
        case Seen.Fetched(Message message) -> take(device, message, has);
        case Seen.Accepted(Message message) -> {
          take(device, message, has);
          if (!truthHas(message)) {
            fail(Promise.ACKNOWLEDGED_IS_KEPT, "%s was told of %s", device.device(), message);
          }
        }
        case Seen.Invited(String conversation) -> outside.invited(conversation);
        case Seen.Joined(String conversation) -> outside.joined(conversation);
        case Seen.Left(String conversation) -> outside.left(conversation);
        case Seen.Resynced _ -> {
          lastDelivered.clear();
          outside.resynced();
        }
      }
    }
    for (Message message : outside.leaked()) {
      fail(Promise.NOT_YOURS_NOT_SEEN, "%s got %s after it had left", device.device(), message);
    }
    for (Room room : history.rooms()) {
      if (room.members().contains(device.person())) {
        int all = truth.getOrDefault(room.id(), List.of()).size();
        BitSet there = has.getOrDefault(room.id(), new BitSet());
        int missing = there.nextClearBit(1);
        if (missing <= all) {
          fail(
              Promise.CAUGHT_UP,
              "%s of %s lacks #%d and %d more of %d in %s",
              device.device(),
              device.person(),
              missing,
              all - there.cardinality() - 1,
              all,
              room.id());
        }
      }
    }
  }

  private void take(DeviceLog device, Message message, Map<String, BitSet> has) {
    Room room = rooms.get(message.conversation());
    if (room == null
        || !room.tenant().equals(device.tenant())
        || !room.everMembers().contains(device.person())) {
      fail(Promise.NOT_YOURS_NOT_SEEN, "%s saw %s", device.device(), message);
      return;
    }
    if (!truthHas(message)) {
      fail(Promise.ONE_ORDER, "%s saw %s, which is not so in the end", device.device(), message);
    }
    has.computeIfAbsent(room.id(), _ -> new BitSet()).set((int) message.seq());
  }

  private boolean truthHas(Message message) {
    List<Message> all = truth.getOrDefault(message.conversation(), List.of());
    return message.seq() >= 1
        && message.seq() <= all.size()
        && all.get((int) message.seq() - 1).equals(message);
  }

  private void checkStanding(Standing standing) {
    List<Message> all = truth.getOrDefault(standing.conversation(), List.of());
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
  }

  private void fail(Promise promise, String what, Object... arguments) {
    violations.add(new Violation(promise, what.formatted(arguments)));
  }
}
