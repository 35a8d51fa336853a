package com.secureapprove.chat.gateway.delivery;

import com.secureapprove.chat.contracts.DeliveredBatch.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/// One tenant's delivered positions that message-service does not know yet: the newest of each
/// person and conversation. Not thread-safe.
///
/// A message in a large group reaches all of its members at once. A sender's tick needs only the
/// two furthest of these positions, one of which is not the sender's. So [#takeUrgent] gives two
/// for such a conversation, and the others wait for [#takeAll].
final class UnreportedPositions {
  /// The most people of one conversation whose positions are all urgent.
  static final int MAX_URGENT = 50;

  /// The most positions that are kept. Further ones are dropped: fetching the messages over REST
  /// reports them too.
  private static final int MAX_POSITIONS = 100_000;

  private final Map<UUID, Map<String, Long>> conversations = new HashMap<>();
  private int size;

  void add(UUID conversation, String person, long seq) {
    if (size < MAX_POSITIONS) {
      Map<String, Long> people = conversations.computeIfAbsent(conversation, _ -> new HashMap<>());
      int before = people.size();
      people.merge(person, seq, Math::max);
      size += people.size() - before;
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// Removes and returns all positions of some conversations.
  List<Item> takeAll(Predicate<UUID> which) {
    List<Item> items = new ArrayList<>();
    conversations.forEach((conversation, people) -> {
      if (which.test(conversation)) {
        items.addAll(items(conversation, people));
      }
    });
    conversations.keySet().removeIf(which);
    size -= items.size();
    return items;
  }

  /// Removes and returns the positions of some conversations that clients wait for.
  List<Item> takeUrgent(Predicate<UUID> which) {
    List<Item> urgent = new ArrayList<>();
    conversations.forEach((conversation, people) -> {
      if (which.test(conversation)) {
        List<Item> items = items(conversation, people);
        if (items.size() > MAX_URGENT) {
          items.sort(Comparator.comparingLong(Item::seq).reversed());
          items = items.subList(0, 2);
        }
        urgent.addAll(items);
        items.forEach(item -> people.remove(item.userId()));
      }
    });
    conversations.values().removeIf(Map::isEmpty);
    size -= urgent.size();
    return urgent;
  }

  private static List<Item> items(UUID conversation, Map<String, Long> people) {
    List<Item> items = new ArrayList<>(people.size());
    people.forEach((person, seq) -> items.add(new Item(conversation, person, seq)));
    return items;
  }
}
