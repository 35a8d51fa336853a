package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.delivery.AddressedFrame;
import com.secureapprove.chat.gateway.delivery.AddressedFrames;
import com.secureapprove.chat.gateway.delivery.Delivery;
import com.secureapprove.chat.gateway.eventstream.StreamPosition;
import com.secureapprove.chat.gateway.frames.EncodedFrame;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import com.secureapprove.chat.gateway.membership.MembershipIndex;
import com.secureapprove.chat.gateway.presence.PresenceBroadcast;
import com.secureapprove.chat.gateway.resume.CatchUp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The people of one tenant with connections to this gateway. [#deliver] is the hot path of the
/// fan-out.
///
/// On the shard's event loop only.
final class Subscribers implements PresenceBroadcast.Recipients {
  private final MembershipIndex memberships;
  private final Delivery delivery;
  private final Map<String, Subscriber> subscribers = new HashMap<>();

  Subscribers(MembershipIndex memberships, Delivery delivery) {
    this.memberships = memberships;
    this.delivery = delivery;
  }

  @Override
  public boolean isEmpty() {
    return subscribers.isEmpty();
  }

  @Nullable Subscriber find(String person) {
    return subscribers.get(person);
  }

  /// The IDs of all people.
  Set<String> all() {
    return Set.copyOf(subscribers.keySet());
  }

  /// Adds a person with their first connection.
  ///
  /// @param since the end of the stream before the person's memberships are loaded
  Subscriber enter(String person, @Nullable StreamPosition since) {
    Subscriber subscriber = new Subscriber(since);
    subscribers.put(person, subscriber);
    memberships.enter(person);
    return subscriber;
  }

  /// Removes a person after their last connection.
  void leave(String person) {
    subscribers.remove(person);
    memberships.leave(person);
  }

  /// Whether the membership index is new enough to decide if the person receives the event. Only
  /// messages need a decision: other events name their recipients.
  boolean canDecide(String person, StreamPosition position, EventEnvelope event) {
    Subscriber subscriber = subscribers.get(person);
    return !(event.data() instanceof ChatEvent.MessageCreated created)
        || (subscriber != null && subscriber.isLoadedAfter(position))
        || memberships.isKnown(
            person, created.message().conversation(), created.membershipVersion());
  }

  /// Writes an event to the live connections that it concerns. Each frame is encoded once, and only
  /// if there is a recipient.
  void deliver(StreamPosition position, EventEnvelope event) {
    closeIfDeactivated(event);
    Instant start = delivery.now();
    int connections = 0;
    for (AddressedFrame addressed : AddressedFrames.of(event, position.toString())) {
      EncodedFrame frame = null;
      for (String person : recipients(addressed)) {
        Subscriber subscriber = subscribers.get(person);
        if (subscriber != null) {
          for (Connection connection : subscriber.live()) {
            if (frame == null) {
              frame = delivery.encode(addressed.frame());
            }
            connections += delivery.write(event, addressed, frame, connection) ? 1 : 0;
          }
        }
      }
    }
    if (connections > 0) {
      delivery.record(event, connections, start);
    }
  }

  private void closeIfDeactivated(EventEnvelope event) {
    if (event.data() instanceof ChatEvent.UserUpserted upserted && !upserted.active()) {
      Subscriber inactive = subscribers.get(upserted.userId());
      if (inactive != null) {
        inactive.connections().forEach(connection -> connection.close(CloseCause.NOT_SIGNED_IN));
      }
    }
  }

  /// The people that an event concerns, as far as the index knows.
  Set<String> concernedBy(EventEnvelope event) {
    Set<String> concerned = new HashSet<>();
    AddressedFrames.of(event, "").forEach(addressed -> concerned.addAll(recipients(addressed)));
    return concerned;
  }

  private Set<String> recipients(AddressedFrame addressed) {
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

  @Override
  public void sendToAll(ServerFrame frame) {
    send(subscribers.keySet(), null, frame);
  }

  @Override
  public void sendToParticipants(Collection<UUID> conversations, ServerFrame frame) {
    Set<String> people = new HashSet<>();
    conversations.forEach(conversation -> people.addAll(memberships.in(conversation)));
    send(people, null, frame);
  }

  /// Sends a signal to the participants of a conversation, except to one person.
  void sendToOthers(UUID conversation, String except, ServerFrame frame) {
    send(memberships.in(conversation), except, frame);
  }

  private void send(Set<String> people, @Nullable String except, ServerFrame frame) {
    EncodedFrame encoded = delivery.encode(frame);
    for (String person : people) {
      Subscriber subscriber = subscribers.get(person);
      if (subscriber != null && !person.equals(except)) {
        subscriber.live().forEach(connection -> connection.write(encoded));
      }
    }
  }

  /// Sends a resync to people who missed events.
  ///
  /// @param position events after this position will follow
  void resync(Set<String> people, @Nullable StreamPosition position) {
    for (String person : people) {
      Subscriber subscriber = subscribers.get(person);
      if (subscriber != null) {
        subscriber.live().forEach(connection -> delivery.resyncLive(connection, position));
        subscriber.catchUps().forEach(CatchUp::eventsLost);
      }
    }
  }

  /// Forgets positions from before a restart of the stream, which are no longer comparable.
  void forgetPositions() {
    subscribers.values().forEach(Subscriber::forgetPosition);
  }
}
