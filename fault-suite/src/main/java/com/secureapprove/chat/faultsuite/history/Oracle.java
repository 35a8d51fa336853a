package com.secureapprove.chat.faultsuite.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The expected state: the final state, and every sent message.
final class Oracle {

  private final Map<String, FinalConversation> conversations;
  private final Map<String, List<ObservedMessage>> messages = new HashMap<>();

  /// By sender and idempotency key.
  private final Map<String, HistoryEvent.SendInvoked> sent = new HashMap<>();

  Oracle(History history) {
    this.conversations =
        history.conversations().stream()
            .collect(Collectors.toMap(FinalConversation::id, conversation -> conversation));
    for (FinalConversation conversation : history.conversations()) {
      messages.put(
          conversation.id(), conversation.stored().values().stream().findFirst().orElse(List.of()));
    }
    for (DeviceLog device : history.devices()) {
      for (HistoryEvent event : device.events()) {
        if (event instanceof HistoryEvent.SendInvoked request) {
          sent.put(device.person() + " " + request.key(), request);
        }
      }
    }
    for (FinalMessage last : history.finalMessages()) {
      sent.put(last.owner() + " " + last.sent().key(), last.sent());
    }
  }

  /// The conversation of this id; null if it does not exist.
  @Nullable FinalConversation conversation(String conversation) {
    return conversations.get(conversation);
  }

  /// The messages of a conversation, oldest first.
  List<ObservedMessage> messages(String conversation) {
    return messages.getOrDefault(conversation, List.of());
  }

  /// Whether this message is stored at this sequence number.
  boolean has(ObservedMessage message) {
    List<ObservedMessage> all = messages(message.conversation());
    return message.seq() >= 1
        && message.seq() <= all.size()
        && all.get((int) message.seq() - 1).equals(message);
  }

  /// Whether the sender sent this message under its key in this conversation.
  boolean isAsSent(ObservedMessage message) {
    HistoryEvent.SendInvoked request = sent.get(message.sender() + " " + message.key());
    return request != null
        && request.conversation().equals(message.conversation())
        && request.content().equals(message.content());
  }
}
