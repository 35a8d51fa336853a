package com.secureapprove.chat.faultsuite.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A small valid history, which tests modify.
final class ExampleHistory {

  static final String CONVERSATION = "room";
  static final ObservedMessage FIRST = message(1, "alice");
  static final ObservedMessage SECOND = message(2, "bob");
  static final ObservedMessage THIRD = message(3, "alice");

  final List<ObservedMessage> stored = new ArrayList<>(List.of(FIRST, SECOND, THIRD));
  final List<ObservedMessage> storedForBob = new ArrayList<>(stored);
  final DeviceLog alice = new DeviceLog("alice's", "alice", "acme");
  final DeviceLog bob = new DeviceLog("bob's", "bob", "acme");
  final Set<String> everMembers = new HashSet<>(Set.of("alice", "bob"));
  final List<FinalMessage> finalMessages = new ArrayList<>();
  final List<DeviceLog> devices = new ArrayList<>(List.of(alice, bob));

  /// By person; others have a valid one.
  final Map<String, List<FinalReadState>> readStates = new HashMap<>();

  /// Records the sends of both people.
  ExampleHistory() {
    sent(alice, FIRST);
    sent(bob, SECOND);
    sent(alice, THIRD);
  }

  /// Delivers every message to both devices.
  ExampleHistory deliverAll() {
    alice.add(new HistoryEvent.SendOk("key1", FIRST));
    alice.add(new HistoryEvent.Delivered(SECOND));
    alice.add(new HistoryEvent.SendOk("key3", THIRD));
    bob.add(new HistoryEvent.Delivered(FIRST));
    bob.add(new HistoryEvent.SendOk("key2", SECOND));
    bob.add(new HistoryEvent.Delivered(THIRD));
    return this;
  }

  static ObservedMessage message(long seq, String sender) {
    return new ObservedMessage(CONVERSATION, seq, "id" + seq, sender, "key" + seq, "text " + seq);
  }

  /// Records that a device sends this message.
  static ObservedMessage sent(DeviceLog device, ObservedMessage message) {
    device.add(
        new HistoryEvent.SendInvoked(message.conversation(), message.key(), message.content()));
    return message;
  }

  /// Adds a device.
  DeviceLog device(String name, String person, String tenant) {
    DeviceLog log = new DeviceLog(name, person, tenant);
    devices.add(log);
    return log;
  }

  /// Adds a message that all members receive.
  ObservedMessage store(ObservedMessage message) {
    stored.add(message);
    storedForBob.add(message);
    return message;
  }

  /// Alice's final message, which no device has received yet.
  ObservedMessage finalMessage() {
    ObservedMessage last = store(message(stored.size() + 1, "alice"));
    devices.forEach(device -> device.add(new HistoryEvent.FaultsEnded()));
    finalMessages.add(
        new FinalMessage(
            "alice", new HistoryEvent.SendInvoked(CONVERSATION, last.key(), last.content()), last));
    return last;
  }

  /// The state of a member that has read nothing.
  private FinalReadState readState(String person) {
    long others = stored.stream().filter(each -> !each.sender().equals(person)).count();
    return new FinalReadState(person, CONVERSATION, stored.size(), 0, others, true, 0, 0);
  }

  /// Sets the state of a member.
  void setReadState(FinalReadState readState) {
    readStates.put(readState.person(), List.of(readState));
  }

  /// The violated guarantees.
  List<Guarantee> check() {
    Set<String> members = Set.of("alice", "bob");
    FinalConversation conversation =
        new FinalConversation(
            CONVERSATION,
            "acme",
            everMembers,
            members,
            members,
            Map.of("alice", stored, "bob", storedForBob));
    members.forEach(person -> readStates.putIfAbsent(person, List.of(readState(person))));
    List<FinalReadState> all = readStates.values().stream().flatMap(List::stream).toList();
    return Checker.check(new History(devices, List.of(conversation), all, finalMessages))
        .violations()
        .stream()
        .map(Violation::guarantee)
        .distinct()
        .toList();
  }
}
