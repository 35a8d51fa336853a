package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.frames.EncodedFrame;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The people of one tenant who have sessions here, and the delivery of what concerns them.
///
/// On one thread only.
final class Subscribers {
  private final MembershipIndex memberships;
  private final Delivery delivery;
  private final Map<String, Subscriber> people = new HashMap<>();

  Subscribers(MembershipIndex memberships, Delivery delivery) {
    this.memberships = memberships;
    this.delivery = delivery;
  }

  boolean isEmpty() {
    return people.isEmpty();
  }

  @Nullable Subscriber find(String id) {
    return people.get(id);
  }

  /// Their ids.
  Set<String> all() {
    return Set.copyOf(people.keySet());
  }

  /// Somebody's first session is there.
  ///
  /// @param since how far the stream had come before it is asked in which conversations they are
  Subscriber enter(String id, @Nullable StreamPosition since) {
    Subscriber person = new Subscriber(since);
    people.put(id, person);
    memberships.enter(id);
    return person;
  }

  /// Somebody's last session is gone.
  void leave(String id) {
    people.remove(id);
    memberships.leave(id);
  }

  boolean isIn(UUID conversation, String person) {
    return memberships.isIn(person, conversation);
  }

  /// Whether it is known if somebody is among those for whom an event was meant.
  boolean isDecided(String id, StreamPosition position, EventEnvelope event) {
    Subscriber person = people.get(id);
    return !(event.data() instanceof ChatEvent.MessageCreated created)
        || (person != null && person.isLoadedAfter(position))
        || memberships.isDecided(id, created.message().conversation(), created.membershipVersion());
  }

  /// Writes an event to every session that it concerns and that is not still catching up.
  void deliver(StreamPosition position, EventEnvelope event) {
    if (event.data() instanceof ChatEvent.UserUpserted upserted && !upserted.active()) {
      Subscriber inactive = people.get(upserted.userId());
      if (inactive != null) {
        inactive.sessions().forEach(session -> session.close(CloseCause.NOT_SIGNED_IN));
      }
    }
    int sessions = 0;
    for (AddressedFrame addressed : AddressedFrames.of(event, position.toString())) {
      EncodedFrame frame = null;
      for (String id : audience(addressed)) {
        Subscriber person = people.get(id);
        if (person != null) {
          for (Connection connection : person.live()) {
            if (frame == null) {
              frame = delivery.encode(addressed.frame());
            }
            sessions += delivery.write(event, addressed, frame, connection) ? 1 : 0;
          }
        }
      }
    }
    if (sessions > 0) {
      delivery.delivered(event, sessions);
    }
  }

  /// Those whom an event concerns, as far as they are known.
  Set<String> concernedBy(EventEnvelope event) {
    Set<String> concerned = new HashSet<>();
    AddressedFrames.of(event, "").forEach(addressed -> concerned.addAll(audience(addressed)));
    return concerned;
  }

  private Set<String> audience(AddressedFrame addressed) {
    UUID conversation = addressed.conversation();
    if (conversation == null) {
      return addressed.people();
    }
    Set<String> members = memberships.in(conversation);
    if (members.containsAll(addressed.people())) {
      return members;
    }
    Set<String> all = new HashSet<>(members);
    all.addAll(addressed.people());
    return all;
  }

  /// Tells everybody something that is not kept.
  void tellAll(ServerFrame frame) {
    tell(people.keySet(), null, frame);
  }

  /// Tells those in a conversation something that is not kept, except one of them.
  void tellOthers(UUID conversation, String except, ServerFrame frame) {
    tell(memberships.in(conversation), except, frame);
  }

  /// Tells those in any of these conversations something that is not kept.
  void tellThoseIn(Collection<UUID> conversations, ServerFrame frame) {
    Set<String> ids = new HashSet<>();
    conversations.forEach(conversation -> ids.addAll(memberships.in(conversation)));
    tell(ids, null, frame);
  }

  private void tell(Set<String> ids, @Nullable String except, ServerFrame frame) {
    EncodedFrame encoded = delivery.encode(frame);
    for (String id : ids) {
      Subscriber person = people.get(id);
      if (person != null && !id.equals(except)) {
        person.live().forEach(connection -> connection.write(encoded));
      }
    }
  }

  /// Tells these people that events were missed.
  ///
  /// @param position from where on nothing is missed
  void missed(Set<String> ids, @Nullable StreamPosition position) {
    for (String id : ids) {
      Subscriber person = people.get(id);
      if (person != null) {
        person.live().forEach(connection -> delivery.resync(connection, position));
        person.catchingUp().forEach(CatchUp::lose);
      }
    }
  }

  /// Positions of before mean nothing any more.
  void forgetPositions() {
    people.values().forEach(Subscriber::forgetSince);
  }
}
