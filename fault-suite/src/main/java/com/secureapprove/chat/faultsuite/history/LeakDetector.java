package com.secureapprove.chat.faultsuite.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Detects messages that a device received after its person had left the conversation.
///
/// Membership events and messages come from different services, so a message may overtake the event
/// that announces a return. Such a message is no leak if the return was requested before, and
/// either the event follows, or the person left again and only that event follows.
final class LeakDetector {

  private final Map<String, List<ObservedMessage>> afterLeaving = new HashMap<>();
  private final Map<String, Integer> invitations = new HashMap<>();
  private final List<ObservedMessage> leaked = new ArrayList<>();

  void inviteInvoked(String conversation) {
    invitations.merge(conversation, 1, Integer::sum);
  }

  /// The invitation failed.
  void inviteFailed(String conversation) {
    closeInvitation(conversation);
  }

  void joined(String conversation) {
    closeInvitation(conversation);
    afterLeaving.remove(conversation);
  }

  /// Events that repeat after a resync may belong to no open invitation.
  private void closeInvitation(String conversation) {
    invitations.computeIfPresent(conversation, (_, open) -> open > 1 ? open - 1 : null);
  }

  void left(String conversation) {
    List<ObservedMessage> earlier = afterLeaving.put(conversation, new ArrayList<>());
    // Two leave events imply a return between them. But one leave event may be delivered twice: a
    // gateway does not know deliveries of another gateway if Redis lost its data.
    if (earlier != null && !isInvited(conversation)) {
      leaked.addAll(earlier);
    }
  }

  void delivered(ObservedMessage message) {
    List<ObservedMessage> delivered = afterLeaving.get(message.conversation());
    if (delivered != null) {
      (isInvited(message.conversation()) ? delivered : leaked).add(message);
    }
  }

  private boolean isInvited(String conversation) {
    return invitations.getOrDefault(conversation, 0) > 0;
  }

  /// The memberships of the person are unknown from now on.
  void resynced() {
    afterLeaving.clear();
  }

  /// The messages that no later event justifies.
  List<ObservedMessage> leaked() {
    List<ObservedMessage> all = new ArrayList<>(leaked);
    afterLeaving.values().forEach(all::addAll);
    return all;
  }
}
