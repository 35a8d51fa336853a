package com.secureapprove.chat.gateway.membership;

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

/// The conversations of a tenant's local people: the people with an open connection to this
/// gateway.
///
/// Conversations have versions. Only a higher version changes the index, so events and lookups may
/// arrive in any order.
///
/// Not thread-safe.
public final class MembershipIndex {
  /// The stay of a person that the index does not contain.
  static final long ABSENT = 0;

  /// Whether a person is a participant of a conversation.
  ///
  /// @param version the version of the conversation from which this is known
  public record Participation(long version, boolean present) {}

  /// The local participants of a conversation.
  private static final class Members {
    private final Set<String> people = new HashSet<>();

    /// The participation of every local person is known up to this version.
    private long completeAt;

    /// The version of the newest complete list of participants.
    private long listedAt;

    /// The newest stay when that list was applied. The list covers this stay and older ones.
    private long listedStay;
  }

  /// A lookup that is necessary before an event can be delivered.
  ///
  /// @param version the participants must be known at this version or a later one
  public record Need(UUID conversation, long version) {}

  private final Map<String, Map<UUID, Participation>> participations = new HashMap<>();
  private final Map<UUID, Members> conversations = new HashMap<>();
  private final Map<String, Long> stays = new HashMap<>();
  private long lastStay = ABSENT;

  /// Adds a person whose conversations are not known yet.
  public void enter(String person) {
    participations.put(person, new HashMap<>());
    stays.put(person, ++lastStay);
  }

  /// Removes a person.
  public void leave(String person) {
    stays.remove(person);
    Map<UUID, Participation> left = participations.remove(person);
    if (left == null) {
      return;
    }
    for (UUID conversation : left.keySet()) {
      Members members = conversations.get(conversation);
      if (members != null) {
        members.people.remove(person);
      }
    }
    if (participations.isEmpty()) {
      conversations.clear();
    }
  }

  /// The people in the index.
  Set<String> people() {
    return Set.copyOf(participations.keySet());
  }

  /// The number of the person's current stay in the index, or [#ABSENT]. It differs after the
  /// person has left and returned.
  long stayOf(String person) {
    return stays.getOrDefault(person, ABSENT);
  }

  /// The person's participations that are known now.
  Map<UUID, Participation> of(String person) {
    Map<UUID, Participation> known = participations.get(person);
    return known == null ? Map.of() : Map.copyOf(known);
  }

  private void set(String person, UUID conversation, long version, boolean present) {
    Map<UUID, Participation> own = participations.get(person);
    if (own == null) {
      return;
    }
    Participation known = own.get(conversation);
    Members members = conversations.computeIfAbsent(conversation, _ -> new Members());
    if (known == null ? isListedAbsent(person, members, version) : known.version() >= version) {
      return;
    }
    own.put(conversation, new Participation(version, present));
    if (present) {
      members.people.add(person);
    } else {
      members.people.remove(person);
    }
  }

  /// Whether a newer list of participants, applied during the person's stay, did not contain the
  /// person. Absent people of a list get no participation, so the list itself must be checked.
  private boolean isListedAbsent(String person, Members members, long version) {
    return version < members.listedAt
        && stays.getOrDefault(person, Long.MAX_VALUE) <= members.listedStay;
  }

  /// Applies the complete list of a person's conversations.
  ///
  /// @param before the participations when the lookup started; later changes are newer than it
  void replace(String person, Map<UUID, Participation> before, List<Membership.Entry> present) {
    Map<UUID, Participation> own = participations.get(person);
    if (own == null) {
      return;
    }
    Set<UUID> all = new HashSet<>();
    for (Membership.Entry entry : present) {
      all.add(entry.conversationId());
      set(person, entry.conversationId(), entry.version(), true);
    }
    before.forEach((conversation, participation) -> {
      if (!all.contains(conversation) && participation.equals(own.get(conversation))) {
        own.put(conversation, new Participation(participation.version(), false));
        conversations.computeIfAbsent(conversation, _ -> new Members()).people.remove(person);
      }
    });
  }

  /// Applies the complete list of a conversation's participants at a version.
  public void learn(UUID conversation, long version, Set<String> participants) {
    for (String person : people()) {
      boolean present = participants.contains(person);
      if (present || isIn(person, conversation)) {
        set(person, conversation, version, present);
      }
    }
    Members members = conversations.computeIfAbsent(conversation, _ -> new Members());
    members.completeAt = Math.max(members.completeAt, version);
    if (version >= members.listedAt) {
      members.listedAt = version;
      members.listedStay = lastStay;
    }
  }

  /// Applies an event that changes participants.
  public void apply(EventEnvelope event) {
    long version = event.version();
    switch (event.data()) {
      case ChatEvent.ConversationCreated created ->
          learn(created.conversationId(), version, new HashSet<>(created.participantIds()));
      case ChatEvent.ConversationDeleted deleted ->
          learn(deleted.conversationId(), version, Set.of());
      case ChatEvent.ParticipantAdded added -> {
        added.userIds().forEach(person -> set(person, added.conversationId(), version, true));
        advance(added.conversationId(), version);
      }
      case ChatEvent.ParticipantRemoved removed -> {
        set(removed.userId(), removed.conversationId(), version, false);
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

  /// Notes that the change from the previous version to this one was applied.
  private void advance(UUID conversation, long version) {
    Members members = conversations.get(conversation);
    if (members != null && members.completeAt == version - 1) {
      members.completeAt = version;
    }
  }

  /// The lookup that an event needs before delivery, because the index is older than the event.
  public Optional<Need> missingFor(EventEnvelope event) {
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

  private boolean isComplete(UUID conversation, long version) {
    Members members = conversations.get(conversation);
    return members != null && members.completeAt >= version;
  }

  /// Whether the person's participation is known at the version or at a later one.
  public boolean isKnown(String person, UUID conversation, long version) {
    Map<UUID, Participation> own = participations.get(person);
    Participation known = own == null ? null : own.get(conversation);
    return (known != null && known.version() >= version) || isComplete(conversation, version);
  }

  public boolean isIn(String person, UUID conversation) {
    Members members = conversations.get(conversation);
    return members != null && members.people.contains(person);
  }

  /// The local participants of a conversation that are known now. The set is live.
  public Set<String> in(UUID conversation) {
    Members members = conversations.get(conversation);
    return members == null ? Set.of() : members.people;
  }
}
