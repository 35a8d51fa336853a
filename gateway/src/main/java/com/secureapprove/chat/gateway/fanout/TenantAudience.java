package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.connection.OpenConnections;
import com.secureapprove.chat.gateway.frames.EncodedFrame;
import com.secureapprove.chat.gateway.frames.FrameWriter;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The local sessions of one tenant, and what is delivered to them.
///
/// Events are delivered in their order. Where an event was authorised under a membership that is
/// not known here, the owner is asked first, and what follows waits: a session that was given a
/// later event must not be missing an earlier one.
///
/// On one thread only, except where it says otherwise.
final class TenantAudience {
  private final String tenant;
  private final OwnerQuestions owner;
  private final FrameWriter writer;
  private final DeliveredPositions positions;
  private final GatewayMeters meters;
  private final Clock clock;
  private final Memberships memberships = new Memberships();
  private final Map<String, LocalPerson> people = new HashMap<>();
  private final Deque<Incoming> queue = new ArrayDeque<>();
  private final Supplier<@Nullable String> streamPosition;
  private boolean asking;

  /// Where those stand who have got everything but what waits; null while nothing waits.
  private volatile @Nullable String behind;

  TenantAudience(
      String tenant,
      OwnerQuestions owner,
      FrameWriter writer,
      DeliveredPositions positions,
      GatewayMeters meters,
      Clock clock,
      Supplier<@Nullable String> streamPosition) {
    this.tenant = tenant;
    this.owner = owner;
    this.writer = writer;
    this.positions = positions;
    this.meters = meters;
    this.clock = clock;
    this.streamPosition = streamPosition;
  }

  boolean isEmpty() {
    return people.isEmpty();
  }

  /// Where a session stands that has got everything that was delivered. From any thread.
  @Nullable String position() {
    String waiting = behind;
    return waiting == null ? streamPosition.get() : waiting;
  }

  void join(Connection connection) {
    String id = connection.userId();
    LocalPerson known = people.get(id);
    if (known != null) {
      known.connections().add(connection);
      if (known.isLoaded()) {
        welcome(connection, position());
      }
      return;
    }
    LocalPerson person = new LocalPerson(position());
    person.connections().add(connection);
    people.put(id, person);
    memberships.enter(id);
    owner.membershipsOf(
        tenant,
        id,
        loaded -> {
          if (people.get(id) == person) {
            loaded(id, person, loaded);
          }
        },
        () -> {
          if (people.remove(id, person)) {
            memberships.leave(id);
            person.connections().forEach(c -> c.close(CloseCause.UNAVAILABLE));
          }
        });
  }

  private void loaded(String id, LocalPerson person, Membership.OfPerson memberOf) {
    for (Membership.Entry entry : memberOf.memberships()) {
      memberships.seat(id, entry.conversationId(), entry.version(), true);
    }
    // what was held back comes after the greeting, so that is where they stand
    person.connections().forEach(connection -> welcome(connection, person.since()));
    for (Incoming incoming : person.release()) {
      for (Parcel parcel : incoming.parcels()) {
        if (isFor(parcel, id)) {
          write(parcel, writer.encode(parcel.frame()), person);
          delivered(incoming.event(), id);
        }
      }
    }
    if (person.hasMissed()) {
      resync(person);
    }
  }

  private void welcome(Connection connection, @Nullable String position) {
    connection.welcome(
        writer.encode(
            new ServerFrame.Connected(
                connection.userId(),
                connection.session(),
                position,
                OpenConnections.PING_INTERVAL.toSeconds())));
  }

  void leave(Connection connection) {
    LocalPerson person = people.get(connection.userId());
    if (person != null
        && person.connections().remove(connection)
        && person.connections().isEmpty()) {
      people.remove(connection.userId());
      memberships.leave(connection.userId());
    }
  }

  void handle(Incoming incoming) {
    queue.add(incoming);
    work();
  }

  private void work() {
    while (!asking && !queue.isEmpty()) {
      Incoming next = queue.getFirst();
      if (next.event().data() instanceof ChatEvent.MessageCreated created
          && !memberships.isComplete(
              created.message().conversation(), created.membershipVersion())) {
        ask(created.message().conversation(), created.membershipVersion());
      } else {
        queue.removeFirst();
        apply(next.event());
        deliver(next);
        advance(next);
      }
    }
  }

  private void advance(Incoming done) {
    if (behind != null) {
      behind = queue.isEmpty() ? null : done.eventId();
    }
  }

  private void ask(UUID conversation, long version) {
    asking = true;
    behind = position();
    meters.membershipAsked();
    owner.membershipOf(
        tenant,
        conversation,
        answer -> {
          memberships.learn(
              conversation,
              Math.max(answer.version(), version),
              new HashSet<>(answer.participantIds()));
          asking = false;
          work();
        },
        () -> {
          // Nobody may get what they may not see: those we believe to be in it fetch it over REST,
          // where the owner of the message decides.
          Incoming skipped = queue.removeFirst();
          Set.copyOf(memberships.in(conversation)).forEach(this::resync);
          advance(skipped);
          asking = false;
          work();
        });
  }

  private void apply(EventEnvelope event) {
    long version = event.version();
    switch (event.data()) {
      case ChatEvent.ConversationCreated created ->
          memberships.learn(
              created.conversationId(), version, new HashSet<>(created.participantIds()));
      case ChatEvent.ConversationDeleted deleted ->
          memberships.learn(deleted.conversationId(), version, Set.of());
      case ChatEvent.ParticipantAdded added -> {
        added
            .userIds()
            .forEach(person -> memberships.seat(person, added.conversationId(), version, true));
        memberships.advance(added.conversationId(), version);
      }
      case ChatEvent.ParticipantRemoved removed -> {
        memberships.seat(removed.userId(), removed.conversationId(), version, false);
        memberships.advance(removed.conversationId(), version);
      }
      case ChatEvent.ConversationUpdated updated ->
          memberships.advance(updated.conversationId(), version);
      case ChatEvent.UserUpserted upserted -> {
        LocalPerson person = people.get(upserted.userId());
        if (person != null && !upserted.active()) {
          Set.copyOf(person.connections()).forEach(c -> c.close(CloseCause.NOT_SIGNED_IN));
        }
      }
      case ChatEvent.ConversationPreferencesChanged _,
          ChatEvent.MessageCreated _,
          ChatEvent.PositionsChanged _,
          ChatEvent.NotificationPublished _ -> {}
    }
  }

  private void deliver(Incoming incoming) {
    int sessions = 0;
    for (Parcel parcel : incoming.parcels()) {
      EncodedFrame frame = null;
      for (String id : audience(parcel)) {
        LocalPerson person = people.get(id);
        if (person != null && person.isLoaded()) {
          if (frame == null) {
            frame = writer.encode(parcel.frame());
          }
          int written = write(parcel, frame, person);
          sessions += written;
          if (written > 0) {
            delivered(incoming.event(), id);
          }
        }
      }
    }
    if (sessions > 0) {
      meters.delivered(sessions, Duration.between(incoming.event().at(), clock.instant()));
    }
    for (LocalPerson person : people.values()) {
      if (!person.isLoaded()) {
        person.hold(incoming);
      }
    }
  }

  /// Tells everybody something that is not kept.
  void tellAll(ServerFrame frame) {
    EncodedFrame encoded = writer.encode(frame);
    for (LocalPerson person : people.values()) {
      if (person.isLoaded()) {
        person.connections().forEach(connection -> connection.write(encoded));
      }
    }
  }

  /// Tells those in a conversation something that is not kept, except one of them.
  void tellOthers(UUID conversation, String except, ServerFrame frame) {
    EncodedFrame encoded = writer.encode(frame);
    for (String id : memberships.in(conversation)) {
      LocalPerson person = people.get(id);
      if (person != null && person.isLoaded() && !id.equals(except)) {
        person.connections().forEach(connection -> connection.write(encoded));
      }
    }
  }

  boolean isIn(UUID conversation, String person) {
    return memberships.isIn(person, conversation);
  }

  private Set<String> audience(Parcel parcel) {
    UUID conversation = parcel.conversation();
    if (conversation == null) {
      return parcel.people();
    }
    Set<String> members = memberships.in(conversation);
    if (members.containsAll(parcel.people())) {
      return members;
    }
    Set<String> all = new HashSet<>(members);
    all.addAll(parcel.people());
    return all;
  }

  private boolean isFor(Parcel parcel, String person) {
    UUID conversation = parcel.conversation();
    return parcel.people().contains(person)
        || (conversation != null && memberships.isIn(person, conversation));
  }

  private static int write(Parcel parcel, EncodedFrame frame, LocalPerson person) {
    int sessions = 0;
    for (Connection connection : person.connections()) {
      if (!connection.session().equals(parcel.exceptSession())) {
        connection.write(frame);
        sessions++;
      }
    }
    return sessions;
  }

  /// What was written to a recipient's session counts as delivered to them.
  private void delivered(EventEnvelope event, String person) {
    if (event.data() instanceof ChatEvent.MessageCreated created
        && !created.message().senderId().equals(person)) {
      positions.reached(tenant, created.message().conversation(), person, created.message().seq());
    }
  }

  private void resync(String id) {
    LocalPerson person = people.get(id);
    if (person != null) {
      resync(person);
    }
  }

  /// Tells everybody that events were missed.
  void resyncAll() {
    people.values().forEach(this::resync);
  }

  private void resync(LocalPerson person) {
    EncodedFrame frame = writer.encode(new ServerFrame.Resync(position()));
    person.connections().forEach(connection -> connection.write(frame));
  }
}
