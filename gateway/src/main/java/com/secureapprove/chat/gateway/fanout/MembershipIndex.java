package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.Membership;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Which of a tenant's local people are in which conversations. Only a higher version changes
/// anything, so the order in which things are learned does not matter.
///
/// On one thread only.
final class MembershipIndex {

  /// Whether a person is in a conversation, and since which version of it that is known.
  record Participation(long version, boolean taken) {}

  /// The local people in a conversation; everybody who is local is known up to `completeAt`.
  private static final class Members {
    private final Set<String> people = new HashSet<>();
    private long completeAt;

    /// Of which version the owner has last said who is in it, and who was the last to come by then.
    private long toldAt;

    private long toldTo;
  }

  /// Who is in a conversation, at least as of a version.
  record Need(UUID conversation, long version) {}

  private final Map<String, Map<UUID, Participation>> seats = new HashMap<>();
  private final Map<UUID, Members> rooms = new HashMap<>();
  private final Map<String, Long> arrivals = new HashMap<>();
  private long arrived;

  /// A person has come; nothing is known of them yet.
  void enter(String person) {
    seats.put(person, new HashMap<>());
    arrivals.put(person, ++arrived);
  }

  /// A person has gone.
  void leave(String person) {
    arrivals.remove(person);
    Map<UUID, Participation> left = seats.remove(person);
    if (left == null) {
      return;
    }
    for (UUID conversation : left.keySet()) {
      Members room = rooms.get(conversation);
      if (room != null) {
        room.people.remove(person);
      }
    }
    if (seats.isEmpty()) {
      rooms.clear();
    }
  }

  /// A person is, or is no longer, in a conversation as of that version.
  void seat(String person, UUID conversation, long version, boolean taken) {
    Map<UUID, Participation> own = seats.get(person);
    if (own == null) {
      return;
    }
    Participation known = own.get(conversation);
    Members room = rooms.computeIfAbsent(conversation, _ -> new Members());
    if (known == null ? isKnownToBeOut(person, room, version) : known.version() >= version) {
      return;
    }
    own.put(conversation, new Participation(version, taken));
    if (taken) {
      room.people.add(person);
    } else {
      room.people.remove(person);
    }
  }

  /// What is known of a person's conversations now.
  Map<UUID, Participation> of(String person) {
    Map<UUID, Participation> own = seats.get(person);
    return own == null ? Map.of() : Map.copyOf(own);
  }

  /// The owner said in which conversations a person is, and no others.
  ///
  /// @param before what was known when the owner was asked; what has changed since is newer
  void learnOf(String person, Map<UUID, Participation> before, List<Membership.Entry> taken) {
    Map<UUID, Participation> own = seats.get(person);
    if (own == null) {
      return;
    }
    Set<UUID> all = new HashSet<>();
    for (Membership.Entry entry : taken) {
      all.add(entry.conversationId());
      seat(person, entry.conversationId(), entry.version(), true);
    }
    before.forEach((conversation, seat) -> {
      if (!all.contains(conversation) && seat.equals(own.get(conversation))) {
        own.put(conversation, new Participation(seat.version(), false));
        rooms.computeIfAbsent(conversation, _ -> new Members()).people.remove(person);
      }
    });
  }

  /// Whether the owner has said, of a later version and after that person came, who all is in it:
  /// of whoever is not in it no seat is kept.
  private boolean isKnownToBeOut(String person, Members room, long version) {
    return version < room.toldAt && arrivals.getOrDefault(person, Long.MAX_VALUE) <= room.toldTo;
  }

  /// The owner said who all is in a conversation as of that version.
  void learn(UUID conversation, long version, Set<String> participants) {
    for (String person : Set.copyOf(seats.keySet())) {
      boolean taken = participants.contains(person);
      if (taken || isIn(person, conversation)) {
        seat(person, conversation, version, taken);
      }
    }
    Members room = rooms.computeIfAbsent(conversation, _ -> new Members());
    room.completeAt = Math.max(room.completeAt, version);
    if (version >= room.toldAt) {
      room.toldAt = version;
      room.toldTo = arrived;
    }
  }

  /// A change was applied that leads from the version before to this one.
  private void advance(UUID conversation, long version) {
    Members room = rooms.get(conversation);
    if (room != null && room.completeAt == version - 1) {
      room.completeAt = version;
    }
  }

  /// What must be found out before an event can be told to all those in a conversation, because
  /// what was known of them is older.
  Optional<Need> missingFor(EventEnvelope event) {
    long before = event.version() - 1;
    Need need =
        switch (event.data()) {
          case ChatEvent.MessageCreated created ->
              new Need(created.message().conversation(), created.membershipVersion());
          case ChatEvent.ConversationUpdated updated -> new Need(updated.conversationId(), before);
          case ChatEvent.ParticipantAdded added -> new Need(added.conversationId(), before);
          case ChatEvent.ParticipantRemoved removed -> new Need(removed.conversationId(), before);
          case ChatEvent.ConversationCreated _,
              ChatEvent.ConversationDeleted _,
              ChatEvent.ConversationPreferencesChanged _,
              ChatEvent.PositionsChanged _,
              ChatEvent.UserUpserted _,
              ChatEvent.NotificationPublished _ ->
              null;
        };
    return Optional.ofNullable(need)
        .filter(wanted -> !isComplete(wanted.conversation(), wanted.version()));
  }

  /// Whether all local people in the conversation are known as of that version.
  boolean isComplete(UUID conversation, long version) {
    Members room = rooms.get(conversation);
    return room != null && room.completeAt >= version;
  }

  /// Whether it is known if that person was in the conversation at that version, or later.
  boolean isDecided(String person, UUID conversation, long version) {
    Map<UUID, Participation> own = seats.get(person);
    Participation seat = own == null ? null : own.get(conversation);
    return (seat != null && seat.version() >= version) || isComplete(conversation, version);
  }

  /// Takes over what an event tells of who is where.
  void apply(EventEnvelope event) {
    long version = event.version();
    switch (event.data()) {
      case ChatEvent.ConversationCreated created ->
          learn(created.conversationId(), version, new HashSet<>(created.participantIds()));
      case ChatEvent.ConversationDeleted deleted ->
          learn(deleted.conversationId(), version, Set.of());
      case ChatEvent.ParticipantAdded added -> {
        added.userIds().forEach(person -> seat(person, added.conversationId(), version, true));
        advance(added.conversationId(), version);
      }
      case ChatEvent.ParticipantRemoved removed -> {
        seat(removed.userId(), removed.conversationId(), version, false);
        advance(removed.conversationId(), version);
      }
      case ChatEvent.ConversationUpdated updated -> advance(updated.conversationId(), version);
      case ChatEvent.ConversationPreferencesChanged _,
          ChatEvent.MessageCreated _,
          ChatEvent.PositionsChanged _,
          ChatEvent.UserUpserted _,
          ChatEvent.NotificationPublished _ -> {}
    }
  }

  boolean isIn(String person, UUID conversation) {
    Members room = rooms.get(conversation);
    return room != null && room.people.contains(person);
  }

  /// The local people in a conversation, as far as they are known.
  Set<String> in(UUID conversation) {
    Members room = rooms.get(conversation);
    return room == null ? Set.of() : room.people;
  }
}
