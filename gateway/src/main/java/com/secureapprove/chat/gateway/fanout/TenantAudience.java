package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tenant's events, and who of the tenant is here to hear of them.
///
/// Events are delivered in their order. Where an event was authorised under a membership that is
/// not known here, the owner is asked first, and what follows waits: a session that was given a
/// later event must not be missing an earlier one. An owner that gives no answer is left alone for
/// a moment: what would need it is lost at once meanwhile, and the rest goes on.
///
/// On one thread only.
final class TenantAudience {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /// @param position where a client stands that has heard of it
  private record Waiting(StreamPosition position, EventEnvelope event, int size) {}

  private final String tenant;
  private final Vertx vertx;
  private final StreamHistory stream;
  private final MembershipClient owner;
  private final Delivery delivery;
  private final ResumeConfig config;
  private final GatewayMeters meters;
  private final MembershipIndex memberships = new MembershipIndex();
  private final Subscribers people;
  private final MembershipLoader loading;
  private final PresenceBroadcast presenceBroadcast;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private long waitingBytes;
  private long askAt = System.nanoTime();

  /// What waits until its owner has said who is to hear of it, and everything after it waits too.
  private @Nullable Waiting asked;

  /// Where those stand who have got everything but what waits; null while nothing waits.
  private @Nullable StreamPosition behind;

  TenantAudience(
      String tenant,
      Vertx vertx,
      StreamHistory stream,
      MembershipClient owner,
      Delivery delivery,
      ResumeConfig config,
      GatewayMeters meters) {
    this.tenant = tenant;
    this.vertx = vertx;
    this.stream = stream;
    this.owner = owner;
    this.delivery = delivery;
    this.config = config;
    this.meters = meters;
    this.people = new Subscribers(memberships, delivery);
    this.loading = new MembershipLoader(tenant, owner, people, memberships);
    this.presenceBroadcast = new PresenceBroadcast(tenant, vertx, owner, people);
  }

  boolean isEmpty() {
    return people.isEmpty();
  }

  Subscribers people() {
    return people;
  }

  PresenceBroadcast presenceBroadcast() {
    return presenceBroadcast;
  }

  /// Where a session stands that has got everything that was delivered; null where the stream could
  /// not be asked yet.
  @Nullable StreamPosition position() {
    StreamPosition waiting = behind;
    return waiting == null ? stream.end() : waiting;
  }

  void join(Connection connection, @Nullable String lastEventId) {
    String id = connection.userId();
    Subscriber known = people.find(id);
    Subscriber person = known == null ? people.enter(id, stream.end()) : known;
    CatchUp catchUp =
        new CatchUp(vertx, this, stream, delivery, config, meters, person, connection, lastEventId);
    person.add(connection, catchUp);
    if (person.isLoaded()) {
      catchUp.begin();
    } else if (known == null) {
      loading.load(id, person);
    }
  }

  void leave(Connection connection) {
    Subscriber person = people.find(connection.userId());
    if (person != null) {
      person.remove(connection);
      if (person.isGone()) {
        people.leave(connection.userId());
      }
    }
  }

  /// Tells a session where it stands. It comes after everything that was written to it before.
  void pong(Connection connection) {
    Subscriber person = people.find(connection.userId());
    if (person != null) {
      CatchUp catchUp = person.catchUpOf(connection);
      delivery.pong(connection, catchUp == null ? position() : catchUp.position());
    }
  }

  void handle(StreamEntry entry, EventEnvelope event) {
    if (waitingBytes > config.mostBytes().asLongValue()) {
      missed();
    }
    queue.add(new Waiting(entry.position(), event, entry.size()));
    waitingBytes += entry.size();
    work();
  }

  private void work() {
    while (asked == null && !queue.isEmpty()) {
      Waiting next = queue.getFirst();
      Optional<MembershipIndex.Need> missing = memberships.missingFor(next.event());
      if (missing.isEmpty()) {
        remove(next);
        people.deliver(next.position(), next.event());
        advance(next);
      } else if (System.nanoTime() - askAt >= 0) {
        ask(next, missing.get());
      } else {
        lose(next);
      }
    }
  }

  private void remove(Waiting first) {
    queue.removeFirst();
    waitingBytes -= first.size();
    memberships.apply(first.event());
  }

  private void advance(Waiting done) {
    if (behind != null) {
      behind = queue.isEmpty() ? null : done.position();
    }
  }

  private void ask(Waiting first, MembershipIndex.Need need) {
    asked = first;
    behind = position();
    meters.membershipAsked();
    owner.membershipOf(
        tenant,
        need.conversation(),
        answer -> {
          memberships.learn(
              need.conversation(),
              Math.max(answer.version(), need.version()),
              new HashSet<>(answer.participantIds()));
          goOn(first);
        },
        () -> {
          if (asked == first) {
            askAt = System.nanoTime() + PAUSE.toNanos();
            lose(first);
          }
          goOn(first);
        });
  }

  private void goOn(Waiting first) {
    if (asked == first) {
      asked = null;
      work();
    }
  }

  /// Gives an event up. Nobody may get what they may not see: those whom we believe it to concern
  /// fetch it over REST, where the owner decides.
  private void lose(Waiting lost) {
    remove(lost);
    advance(lost);
    people.missed(people.concernedBy(lost.event()), lost.position());
  }

  /// Tells everybody that events were missed.
  void missed() {
    queue.clear();
    waitingBytes = 0;
    asked = null;
    behind = null;
    people.forgetPositions();
    people.missed(people.all(), position());
    loading.loadAgain();
  }
}
