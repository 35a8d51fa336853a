package com.secureapprove.chat.faultsuite.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The final state, and everything that was sent.
final class Truth {

  private final Map<String, Room> rooms;
  private final Map<String, List<Message>> messages = new HashMap<>();

  /// By sender and key.
  private final Map<String, Seen.Sent> sent = new HashMap<>();

  Truth(History history) {
    this.rooms = history.rooms().stream().collect(Collectors.toMap(Room::id, room -> room));
    for (Room room : history.rooms()) {
      messages.put(room.id(), room.stored().values().stream().findFirst().orElse(List.of()));
    }
    for (DeviceLog device : history.devices()) {
      for (Seen seen : device.seen()) {
        if (seen instanceof Seen.Sent one) {
          sent.put(device.person() + " " + one.key(), one);
        }
      }
    }
    for (LastWord last : history.lastWords()) {
      sent.put(last.owner() + " " + last.sent().key(), last.sent());
    }
  }

  /// The conversation of this id; null if nobody created it.
  @Nullable Room room(String conversation) {
    return rooms.get(conversation);
  }

  /// The messages of a conversation, oldest first.
  List<Message> messages(String conversation) {
    return messages.getOrDefault(conversation, List.of());
  }

  /// Whether this message exists at exactly this place.
  boolean has(Message message) {
    List<Message> all = messages(message.conversation());
    return message.seq() >= 1
        && message.seq() <= all.size()
        && all.get((int) message.seq() - 1).equals(message);
  }

  /// Whether it is what its sender sent under its key, and where.
  boolean isAsSent(Message message) {
    Seen.Sent one = sent.get(message.sender() + " " + message.key());
    return one != null
        && one.conversation().equals(message.conversation())
        && one.content().equals(message.content());
  }
}
