package com.secureapprove.chat.gateway.delivery;

import com.secureapprove.chat.contracts.DeliveredBatch.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One tenant's delivered positions that message-service does not know yet: the newest of each
/// person and conversation. Not thread-safe.
///
/// A message in a large group reaches all of its members at once. A sender's tick needs only the
/// two furthest of these positions, one of which is not the sender's. So [#takeUrgent] gives two
/// for such a conversation, and the others wait for [#takeOldest], which gives a fixed number. So
/// the positions that are reported do not depend on the size of a group.
final class UnreportedPositions {
  /// The most people of one conversation whose positions are all urgent.
  static final int MAX_URGENT = 50;

  /// The most positions that are kept. Further ones are dropped: fetching the messages over REST
  /// reports them too. The two furthest of a conversation are kept in any case.
  private static final int MAX_POSITIONS = 100_000;

  /// How many of them may be in large groups, so that small conversations keep theirs.
  private static final int MAX_IN_LARGE_GROUPS = MAX_POSITIONS / 2;

  private final Map<UUID, Waiting> conversations = new HashMap<>();
  private int size;

  /// The positions of one conversation.
  private static final class Waiting {
    /// In the order in which people began to wait.
    private final SequencedMap<String, Long> people = new LinkedHashMap<>();

    private @Nullable Item furthest;
    private @Nullable Item second;

    void note(UUID conversation, String person, long seq) {
      if (furthest == null || seq > furthest.seq()) {
        second = furthest == null || furthest.userId().equals(person) ? second : furthest;
        furthest = new Item(conversation, person, seq);
      } else if ((second == null || seq > second.seq()) && !furthest.userId().equals(person)) {
        second = new Item(conversation, person, seq);
      }
    }

    /// Removes and returns the two furthest positions, or all if they are few.
    List<Item> takeUrgent(UUID conversation) {
      List<Item> urgent =
          people.size() > MAX_URGENT
              ? Stream.of(furthest, second).flatMap(Stream::ofNullable).toList()
              : take(conversation, MAX_URGENT);
      urgent.forEach(item -> people.remove(item.userId()));
      furthest = null;
      second = null;
      return urgent;
    }

    /// Removes and returns the positions that wait longest.
    List<Item> take(UUID conversation, int most) {
      List<Item> items = new ArrayList<>(Math.min(most, people.size()));
      while (items.size() < most && !people.isEmpty()) {
        Map.Entry<String, Long> eldest = people.pollFirstEntry();
        items.add(new Item(conversation, eldest.getKey(), eldest.getValue()));
      }
      return items;
    }
  }

  void add(UUID conversation, String person, long seq) {
    Waiting waiting = conversations.computeIfAbsent(conversation, _ -> new Waiting());
    waiting.note(conversation, person, seq);
    int before = waiting.people.size();
    if (size < (before < MAX_URGENT ? MAX_POSITIONS : MAX_IN_LARGE_GROUPS)) {
      waiting.people.merge(person, seq, Math::max);
    } else {
      waiting.people.computeIfPresent(person, (_, known) -> Math.max(known, seq));
    }
    size += waiting.people.size() - before;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// Removes and returns all positions.
  List<Item> takeAll() {
    return take(
        _ -> true, (conversation, waiting) -> waiting.take(conversation, Integer.MAX_VALUE));
  }

  /// Removes and returns the urgent positions of some conversations, and of each as many further
  /// ones as of a small conversation: those that wait longest.
  List<Item> takeOldest(Predicate<UUID> which) {
    return take(
        which,
        (conversation, waiting) ->
            Stream.concat(
                    waiting.takeUrgent(conversation).stream(),
                    waiting.take(conversation, MAX_URGENT).stream())
                .toList());
  }

  /// Removes and returns the positions of some conversations that clients wait for.
  List<Item> takeUrgent(Predicate<UUID> which) {
    return take(which, (conversation, waiting) -> waiting.takeUrgent(conversation));
  }

  private List<Item> take(Predicate<UUID> which, BiFunction<UUID, Waiting, List<Item>> taking) {
    List<Item> items = new ArrayList<>();
    conversations.forEach((conversation, waiting) -> {
      if (which.test(conversation)) {
        int before = waiting.people.size();
        items.addAll(taking.apply(conversation, waiting));
        size += waiting.people.size() - before;
      }
    });
    conversations.values().removeIf(waiting -> waiting.people.isEmpty());
    return items;
  }
}
