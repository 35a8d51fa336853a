package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.delivery.Delivery;
import com.secureapprove.chat.gateway.eventstream.StreamEntry;
import com.secureapprove.chat.gateway.eventstream.StreamHistory;
import com.secureapprove.chat.gateway.eventstream.StreamPosition;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.membership.MembershipClient;
import com.secureapprove.chat.gateway.membership.MembershipIndex;
import com.secureapprove.chat.gateway.membership.MembershipLoader;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.gateway.presence.PresenceBroadcast;
import com.secureapprove.chat.gateway.resume.CatchUp;
import com.secureapprove.chat.gateway.resume.LiveFeed;
import com.secureapprove.chat.gateway.resume.ResumeConfig;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The connections of one tenant, and the queue of events for them.
///
/// Events are delivered in stream order. If the membership index is older than an event, the event
/// and all later ones wait for a lookup, because a client must not get a later event without an
/// earlier one. For two seconds after a failed lookup there is no other one: events that need it
/// are given up, and the people concerned get a resync.
///
/// On the shard's event loop only.
final class TenantAudience implements LiveFeed {
  private static final Duration LOOKUP_PAUSE = Duration.ofSeconds(2);

  /// An event in the queue.
  ///
  /// @param size in bytes
  private record QueuedEvent(StreamPosition position, EventEnvelope event, int size) {}

  private final String tenant;
  private final Vertx vertx;
  private final StreamHistory stream;
  private final MembershipClient client;
  private final Delivery delivery;
  private final ResumeConfig config;
  private final RateLimits limits;
  private final GatewayMeters meters;
  private final MembershipIndex memberships = new MembershipIndex();
  private final Subscribers subscribers;
  private final MembershipLoader loader;
  private final PresenceBroadcast presence;
  private final Deque<QueuedEvent> queue = new ArrayDeque<>();
  private long queuedBytes;
  private long nextLookupAt = System.nanoTime();

  /// The event whose lookup is in progress, the first in the queue.
  private @Nullable QueuedEvent pendingLookup;

  /// The position of the last delivered event while a lookup delays the queue, otherwise null.
  private @Nullable StreamPosition deliveredUpTo;

  TenantAudience(
      String tenant,
      Vertx vertx,
      StreamHistory stream,
      MembershipClient client,
      Delivery delivery,
      ResumeConfig config,
      RateLimits limits,
      GatewayMeters meters) {
    this.tenant = tenant;
    this.vertx = vertx;
    this.stream = stream;
    this.client = client;
    this.delivery = delivery;
    this.config = config;
    this.limits = limits;
    this.meters = meters;
    this.subscribers = new Subscribers(memberships, delivery);
    this.loader = new MembershipLoader(tenant, client, memberships);
    this.presence = new PresenceBroadcast(tenant, vertx, client, subscribers);
  }

  boolean isEmpty() {
    return subscribers.isEmpty();
  }

  Subscribers subscribers() {
    return subscribers;
  }

  PresenceBroadcast presence() {
    return presence;
  }

  @Override
  public @Nullable StreamPosition position() {
    StreamPosition delivered = deliveredUpTo;
    return delivered == null ? stream.end() : delivered;
  }

  @Override
  public boolean isIn(UUID conversation, String person) {
    return memberships.isIn(person, conversation);
  }

  @Override
  public boolean canDecide(String person, StreamPosition position, EventEnvelope event) {
    return subscribers.canDecide(person, position, event);
  }

  @Override
  public void goLive(Connection connection) {
    Subscriber subscriber = subscribers.find(connection.userId());
    if (subscriber != null) {
      subscriber.goLive(connection);
    }
  }

  void join(Connection connection, @Nullable String lastEventId) {
    String person = connection.userId();
    Subscriber known = subscribers.find(person);
    Subscriber subscriber = known == null ? subscribers.enter(person, stream.end()) : known;
    CatchUp catchUp =
        new CatchUp(vertx, this, stream, delivery, config, limits, meters, connection, lastEventId);
    subscriber.add(connection, catchUp);
    if (subscriber.isLoaded()) {
      catchUp.start();
    } else if (known == null) {
      loader.load(person, subscriber::loaded, () -> refuse(person, subscriber));
    }
  }

  private void refuse(String person, Subscriber subscriber) {
    subscriber.connections().forEach(connection -> connection.close(CloseCause.UNAVAILABLE));
    subscribers.leave(person);
  }

  void leave(Connection connection) {
    Subscriber subscriber = subscribers.find(connection.userId());
    if (subscriber != null) {
      subscriber.remove(connection);
      if (subscriber.isEmpty()) {
        subscribers.leave(connection.userId());
      }
    }
  }

  void pong(Connection connection) {
    Subscriber subscriber = subscribers.find(connection.userId());
    if (subscriber != null) {
      CatchUp catchUp = subscriber.catchUpOf(connection);
      delivery.pong(connection, catchUp == null ? position() : catchUp.position());
    }
  }

  /// Delivers an event, or queues it until a membership lookup has ended.
  void handle(StreamEntry entry, EventEnvelope event) {
    if (queuedBytes > config.mostBytes().asLongValue()) {
      eventsLost();
    }
    queue.add(new QueuedEvent(entry.position(), event, entry.size()));
    queuedBytes += entry.size();
    deliverQueued();
  }

  private void deliverQueued() {
    while (pendingLookup == null && !queue.isEmpty()) {
      QueuedEvent next = queue.getFirst();
      Optional<MembershipIndex.Need> missing = memberships.missingFor(next.event());
      if (missing.isEmpty()) {
        remove(next);
        subscribers.deliver(next.position(), next.event());
        advance(next);
      } else if (System.nanoTime() - nextLookupAt >= 0) {
        lookUp(next, missing.get());
      } else {
        giveUp(next);
      }
    }
  }

  private void remove(QueuedEvent first) {
    queue.removeFirst();
    queuedBytes -= first.size();
    memberships.apply(first.event());
  }

  private void advance(QueuedEvent done) {
    if (deliveredUpTo != null) {
      deliveredUpTo = queue.isEmpty() ? null : done.position();
    }
  }

  private void lookUp(QueuedEvent first, MembershipIndex.Need need) {
    pendingLookup = first;
    deliveredUpTo = position();
    meters.membershipLookedUp();
    client.membershipOf(
        tenant,
        need.conversation(),
        answer -> {
          memberships.learn(
              need.conversation(),
              Math.max(answer.version(), need.version()),
              new HashSet<>(answer.participantIds()));
          continueAfter(first);
        },
        () -> {
          if (pendingLookup == first) {
            nextLookupAt = System.nanoTime() + LOOKUP_PAUSE.toNanos();
            giveUp(first);
          }
          continueAfter(first);
        });
  }

  private void continueAfter(QueuedEvent first) {
    if (pendingLookup == first) {
      pendingLookup = null;
      deliverQueued();
    }
  }

  /// Gives an event up. Its recipients are uncertain, so the event is not written. The people that
  /// it probably concerns get a resync and load it over REST, where the service authorizes them.
  private void giveUp(QueuedEvent lost) {
    remove(lost);
    advance(lost);
    subscribers.resync(subscribers.concernedBy(lost.event()), lost.position());
  }

  /// Handles lost events: all clients get a resync, and all memberships are loaded again.
  void eventsLost() {
    queue.clear();
    queuedBytes = 0;
    pendingLookup = null;
    deliveredUpTo = null;
    subscribers.forgetPositions();
    subscribers.resync(subscribers.all(), position());
    loader.reloadAll();
  }
}
