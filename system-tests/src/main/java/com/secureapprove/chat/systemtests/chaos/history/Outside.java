package com.secureapprove.chat.systemtests.chaos.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a device was brought of conversations that its person had left, as far as it knew.
///
/// Who comes back is told by another service than the messages come from, so these may overtake the
/// news. Then somebody has asked for the return before, and the news follow; all else is a leak.
final class Outside {

  private final Map<String, List<Message>> outside = new HashMap<>();
  private final Map<String, Integer> invitations = new HashMap<>();
  private final List<Message> leaked = new ArrayList<>();

  void invited(String conversation) {
    invitations.merge(conversation, 1, Integer::sum);
  }

  /// Nothing came of an invitation.
  void notInvited(String conversation) {
    settle(conversation);
  }

  void joined(String conversation) {
    settle(conversation);
    outside.remove(conversation);
  }

  /// News that come again after a reload answer no invitation.
  private void settle(String conversation) {
    invitations.computeIfPresent(conversation, (_, open) -> open > 1 ? open - 1 : null);
  }

  void left(String conversation) {
    List<Message> before = outside.put(conversation, new ArrayList<>());
    if (before != null) {
      leaked.addAll(before);
    }
  }

  void delivered(Message message) {
    List<Message> early = outside.get(message.conversation());
    if (early != null) {
      boolean mayBeBack = invitations.getOrDefault(message.conversation(), 0) > 0;
      (mayBeBack ? early : leaked).add(message);
    }
  }

  /// It is no longer known what the person is in.
  void resynced() {
    outside.clear();
  }

  /// What nothing that came later has justified.
  List<Message> leaked() {
    List<Message> all = new ArrayList<>(leaked);
    outside.values().forEach(all::addAll);
    return all;
  }
}
