package com.secureapprove.chat.faultsuite.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Events that a device received of conversations after its person had left, as far as the device
/// knew.
///
/// Membership events come from another service than messages, so messages may overtake the event of
/// a return. Then somebody has asked for the return before, and the event follows; or the person
/// has left again, and only the event of that follows. Everything else is a leak.
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
    // Nobody can leave twice without a return. But one leaving may be delivered twice, by a gateway
    // that does not know the
    // delivery of another before Redis lost it.
    if (before != null && !isInvited(conversation)) {
      leaked.addAll(before);
    }
  }

  void delivered(Message message) {
    List<Message> early = outside.get(message.conversation());
    if (early != null) {
      (isInvited(message.conversation()) ? early : leaked).add(message);
    }
  }

  private boolean isInvited(String conversation) {
    return invitations.getOrDefault(conversation, 0) > 0;
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
