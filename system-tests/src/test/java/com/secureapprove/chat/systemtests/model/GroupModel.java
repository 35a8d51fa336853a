package com.secureapprove.chat.systemtests.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The expected view of each member of a group, as simple as possible.
final class GroupModel {

  /// A message that was acknowledged; its place in the list is its `seq`, less one.
  record Said(String sender, String key, String content, String id) {}

  private static final class Member {
    private boolean inside;
    private int joined;
    private int delivered;
    private int read;

    private int base() {
      return Math.max(joined, read);
    }
  }

  private final List<Said> said = new ArrayList<>();
  private final Map<String, Member> members = new TreeMap<>();
  private final Map<String, Said> byKey = new HashMap<>();

  void join(String person) {
    Member member = members.computeIfAbsent(person, _ -> new Member());
    if (!member.inside) {
      member.inside = true;
      member.joined = said.size();
    }
  }

  void leave(String person) {
    member(person).inside = false;
  }

  boolean isInside(String person) {
    return members.containsKey(person) && member(person).inside;
  }

  List<String> inside() {
    return members.keySet().stream().filter(this::isInside).toList();
  }

  void say(Said message) {
    said.add(message);
    byKey.put(message.sender() + "\n" + message.key(), message);
  }

  List<Said> said() {
    return List.copyOf(said);
  }

  List<Said> saidBy(String person) {
    return said.stream().filter(message -> message.sender().equals(person)).toList();
  }

  /// All messages up to one were delivered to a member.
  void deliver(String person, int seq) {
    Member member = member(person);
    member.delivered = Math.max(member.delivered, seq);
  }

  /// A member reads up to a message; returns how many of others' messages were newly read.
  int read(String person, int seq) {
    Member member = member(person);
    int newly = ofOthers(person, member.base(), seq);
    member.read = Math.max(member.read, seq);
    deliver(person, member.read);
    return newly;
  }

  int unread(String person) {
    return ofOthers(person, member(person).base(), said.size());
  }

  /// The status of a message as its sender sees it.
  String statusForSender(int seq) {
    String sender = said.get(seq - 1).sender();
    boolean read = false;
    boolean delivered = false;
    for (Map.Entry<String, Member> other : members.entrySet()) {
      if (!other.getKey().equals(sender)) {
        read |= other.getValue().read >= seq;
        delivered |= other.getValue().delivered >= seq;
      }
    }
    return read ? "read" : delivered ? "delivered" : "sent";
  }

  private int ofOthers(String person, int after, int upTo) {
    int count = 0;
    for (int seq = after + 1; seq <= upTo; seq++) {
      count += said.get(seq - 1).sender().equals(person) ? 0 : 1;
    }
    return count;
  }

  private Member member(String person) {
    Member member = members.get(person);
    if (member == null) {
      throw new IllegalArgumentException("never was in it: " + person);
    }
    return member;
  }
}
