package com.secureapprove.chat.faultsuite.history;

import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A small good history, for tests to make wrong.
final class SmallHistory {

  static final String ROOM = "room";
  static final Message FIRST = message(1, "alice");
  static final Message SECOND = message(2, "bob");
  static final Message THIRD = message(3, "alice");

  final List<Message> stored = new ArrayList<>(List.of(FIRST, SECOND, THIRD));
  final List<Message> storedForBob = new ArrayList<>(stored);
  final DeviceLog alice = new DeviceLog("alice's", "alice", "acme");
  final DeviceLog bob = new DeviceLog("bob's", "bob", "acme");
  final Set<String> everMembers = new HashSet<>(Set.of("alice", "bob"));
  final List<LastWord> lastWords = new ArrayList<>();
  final List<DeviceLog> devices = new ArrayList<>(List.of(alice, bob));

  /// By person; of whom none is said here has a good one.
  final Map<String, List<Standing>> standings = new HashMap<>();

  /// The sends of both people, before anybody receives them.
  SmallHistory() {
    sent(alice, FIRST);
    sent(bob, SECOND);
    sent(alice, THIRD);
  }

  /// Both devices see everything as it should be.
  SmallHistory everythingWell() {
    alice.add(new Seen.Accepted("key1", FIRST));
    alice.add(new Seen.Delivered(SECOND));
    alice.add(new Seen.Accepted("key3", THIRD));
    bob.add(new Seen.Delivered(FIRST));
    bob.add(new Seen.Accepted("key2", SECOND));
    bob.add(new Seen.Delivered(THIRD));
    return this;
  }

  static Message message(long seq, String sender) {
    return new Message(ROOM, seq, "id" + seq, sender, "key" + seq, "text " + seq);
  }

  /// A device is about to send just this.
  static Message sent(DeviceLog device, Message message) {
    device.add(new Seen.Sent(message.conversation(), message.key(), message.content()));
    return message;
  }

  /// One more device.
  DeviceLog device(String name, String person, String tenant) {
    DeviceLog log = new DeviceLog(name, person, tenant);
    devices.add(log);
    return log;
  }

  /// Adds a message that all members receive.
  Message store(Message message) {
    stored.add(message);
    storedForBob.add(message);
    return message;
  }

  /// Alice's final message, which no device has received yet.
  Message lastWord() {
    Message last = store(message(stored.size() + 1, "alice"));
    devices.forEach(device -> device.add(new Seen.Quiet()));
    lastWords.add(new LastWord("alice", new Seen.Sent(ROOM, last.key(), last.content()), last));
    return last;
  }

  /// The state of a member that has read nothing.
  private Standing standing(String person) {
    long others = stored.stream().filter(each -> !each.sender().equals(person)).count();
    return new Standing(person, ROOM, stored.size(), 0, others, true, 0, 0);
  }

  /// Sets the state of a member.
  void stands(Standing standing) {
    standings.put(standing.person(), List.of(standing));
  }

  /// The promises that were not kept.
  List<Promise> check() {
    Set<String> people = Set.of("alice", "bob");
    Room room =
        new Room(
            ROOM,
            "acme",
            everMembers,
            people,
            people,
            Map.of("alice", stored, "bob", storedForBob));
    people.forEach(person -> standings.putIfAbsent(person, List.of(standing(person))));
    List<Standing> all = standings.values().stream().flatMap(List::stream).toList();
    return Checker.check(new History(devices, List.of(room), all, lastWords)).violations().stream()
        .map(Violation::promise)
        .distinct()
        .toList();
  }
}
