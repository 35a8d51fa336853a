package com.secureapprove.chat.faultsuite.history;

import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Compares what one device received with the final state.
final class DeviceCheck {

  private final Truth truth;
  private final DeviceLog device;
  private final Findings findings;
  private final Map<String, BitSet> has = new HashMap<>();
  private final Map<String, BitSet> accepted = new HashMap<>();

  /// Not delivered between two that were, without a reload between them.
  private final Map<String, BitSet> skipped = new HashMap<>();

  private final Map<String, Long> lastDelivered = new HashMap<>();
  private final Outside outside = new Outside();

  /// Messages that arrived by events after the last fault.
  private final Set<Message> heard = new HashSet<>();

  /// Conversations that it had to fetch after the last fault.
  private final Set<String> mayFetch = new HashSet<>();

  private boolean mayFetchAll;
  private boolean quiet;

  /// @param findings receives violations
  DeviceCheck(Truth truth, DeviceLog device, Findings findings) {
    this.truth = truth;
    this.device = device;
    this.findings = findings;
  }

  void check(History history) {
    device.seen().forEach(this::follow);
    for (Message message : outside.leaked()) {
      fail(Promise.NOT_YOURS_NOT_SEEN, "%s got %s after it had left", device.device(), message);
    }
    for (Room room : history.rooms()) {
      if (room.members().contains(device.person())) {
        hasAll(room);
      }
      if (room.always().contains(device.person())) {
        wasToldOfAll(room);
      }
    }
    history.lastWords().forEach(last -> hears(last.message()));
  }

  private void follow(Seen seen) {
    switch (seen) {
      case Seen.Delivered(Message message) -> {
        take(message);
        findings.held(Promise.DELIVERED_ONCE, 1);
        inOrder(message);
        outside.delivered(message);
        if (quiet) {
          heard.add(message);
        }
      }
      case Seen.Fetched(Message message) -> take(message);
      case Seen.Sent _ -> {}
      case Seen.Accepted(String key, Message message) -> {
        take(message);
        mark(accepted, message);
        findings.held(Promise.ACKNOWLEDGED_IS_KEPT, 1);
        if (!key.equals(message.key())
            || !device.person().equals(message.sender())
            || !truth.isAsSent(message)) {
          fail(Promise.AS_IT_WAS_SENT, "%s sent %s, told of %s", device.device(), key, message);
        }
        if (!truth.has(message)) {
          fail(Promise.ACKNOWLEDGED_IS_KEPT, "%s was told of %s", device.device(), message);
        }
      }
      case Seen.Invited(String conversation) -> outside.invited(conversation);
      case Seen.NotInvited(String conversation) -> outside.notInvited(conversation);
      case Seen.Joined(String conversation) -> {
        outside.joined(conversation);
        if (quiet) {
          mayFetch.add(conversation);
        }
      }
      case Seen.Left(String conversation) -> outside.left(conversation);
      case Seen.Quiet _ -> quiet = true;
      case Seen.Resynced _ -> {
        lastDelivered.clear();
        outside.resynced();
        mayFetchAll = quiet;
      }
    }
  }

  private void inOrder(Message message) {
    Long before = lastDelivered.put(message.conversation(), message.seq());
    if (before != null && before >= message.seq()) {
      fail(Promise.DELIVERED_ONCE, "%s got %s after #%d", device.device(), message, before);
    }
    if (before != null && before > 0 && message.seq() > before) {
      skipped
          .computeIfAbsent(message.conversation(), _ -> new BitSet())
          .set((int) (before + 1), (int) message.seq());
    }
  }

  private void take(Message message) {
    findings.held(Promise.NOT_YOURS_NOT_SEEN, 1);
    findings.held(Promise.ONE_ORDER, 1);
    Room room = truth.room(message.conversation());
    if (room == null
        || !room.tenant().equals(device.tenant())
        || !room.everMembers().contains(device.person())) {
      fail(Promise.NOT_YOURS_NOT_SEEN, "%s saw %s", device.device(), message);
      return;
    }
    if (!truth.has(message)) {
      fail(Promise.ONE_ORDER, "%s saw %s, which is not so in the end", device.device(), message);
    }
    mark(has, message);
  }

  private static void mark(Map<String, BitSet> those, Message message) {
    if (message.seq() > 0) {
      those.computeIfAbsent(message.conversation(), _ -> new BitSet()).set((int) message.seq());
    }
  }

  /// No event may bring a message of this device: its answer does.
  private void wasToldOfAll(Room room) {
    BitSet lost = skipped.getOrDefault(room.id(), new BitSet());
    lost.andNot(accepted.getOrDefault(room.id(), new BitSet()));
    if (!lost.isEmpty()) {
      fail(
          Promise.DELIVERED_ONCE,
          "%s got no event for %s in %s, but for later ones",
          device.device(),
          lost,
          room.id());
    }
  }

  private void hasAll(Room room) {
    int all = truth.messages(room.id()).size();
    findings.held(Promise.CAUGHT_UP, all);
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

  /// By an event, unless it had to fetch at that time.
  private void hears(Message last) {
    Room room = truth.room(last.conversation());
    if (room == null) {
      return;
    }
    boolean seen = has.getOrDefault(room.id(), new BitSet()).get((int) last.seq());
    if (!room.members().contains(device.person())) {
      if (seen) {
        fail(Promise.NOT_YOURS_NOT_SEEN, "%s, who is out, saw %s", device.device(), last);
      }
      return;
    }
    boolean mayAsk = mayFetchAll || mayFetch.contains(room.id());
    if (!heard.contains(last) && !(seen && mayAsk)) {
      fail(Promise.CAUGHT_UP, "%s was never told of %s", device.device(), last);
    }
  }

  private void fail(Promise promise, String what, Object... arguments) {
    findings.broken(promise, what.formatted(arguments));
  }
}
