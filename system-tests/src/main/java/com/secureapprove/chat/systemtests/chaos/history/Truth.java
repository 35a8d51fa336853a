package com.secureapprove.chat.systemtests.chaos.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is there in the end.
final class Truth {

  private final Map<String, Room> rooms;
  private final Map<String, List<Message>> messages = new HashMap<>();

  Truth(List<Room> rooms) {
    this.rooms = rooms.stream().collect(Collectors.toMap(Room::id, room -> room));
    for (Room room : rooms) {
      messages.put(room.id(), room.stored().values().stream().findFirst().orElse(List.of()));
    }
  }

  /// The conversation of this id; null where nobody made one.
  @Nullable Room room(String conversation) {
    return rooms.get(conversation);
  }

  /// The messages of a conversation, oldest first.
  List<Message> messages(String conversation) {
    return messages.getOrDefault(conversation, List.of());
  }

  /// Whether there is such a message in just this place.
  boolean has(Message message) {
    List<Message> all = messages(message.conversation());
    return message.seq() >= 1
        && message.seq() <= all.size()
        && all.get((int) message.seq() - 1).equals(message);
  }
}
