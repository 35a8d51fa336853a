package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.authentication.PersonCache;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.delivery.Delivery;
import com.secureapprove.chat.gateway.eventstream.StreamEntry;
import com.secureapprove.chat.gateway.eventstream.StreamHistory;
import com.secureapprove.chat.gateway.eventstream.StreamTail;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.membership.MembershipClient;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.gateway.posting.DeliveryLag;
import com.secureapprove.chat.gateway.resume.ResumeConfig;
import io.vertx.core.AbstractVerticle;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One stream and the tenants whose events it carries. All work runs on the event loop of this
/// verticle. Any thread may call [#join], [#leave], [#pong] and [#with].
final class Shard extends AbstractVerticle implements StreamTail.Listener {
  private static final Logger LOG = Logger.getLogger(Shard.class);
  private static final int MAX_SEEN = 20_000;

  private final int number;
  private final StreamTail tail;
  private final StreamHistory stream;
  private final MembershipClient memberships;
  private final PersonCache persons;
  private final Delivery delivery;
  private final ResumeConfig config;
  private final RateLimits limits;
  private final GatewayMeters meters;
  private final DeliveryLag lag;
  private final Map<String, TenantAudience> audiences = new HashMap<>();

  /// The IDs of the newest events, to deduplicate events that are on the stream twice.
  private final Map<UUID, Boolean> seen =
      new LinkedHashMap<>(1024) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
          return size() > MAX_SEEN;
        }
      };

  Shard(
      int number,
      StreamTail tail,
      MembershipClient memberships,
      PersonCache persons,
      Delivery delivery,
      ResumeConfig config,
      RateLimits limits,
      GatewayMeters meters,
      DeliveryLag lag) {
    this.number = number;
    this.tail = tail;
    this.stream = tail.history();
    this.memberships = memberships;
    this.persons = persons;
    this.delivery = delivery;
    this.config = config;
    this.limits = limits;
    this.meters = meters;
    this.lag = lag;
  }

  @Override
  public void start() {
    tail.follow(this);
  }

  /// Stops following the stream. Any thread may call it.
  void stopFollowing() {
    tail.stop();
  }

  void join(Connection connection, @Nullable String lastEventId) {
    context.runOnContext(_ -> {
      // An event may have deactivated the person after authentication and before this join. Later
      // events close the connection in Subscribers.
      if (persons.isInactive(connection.tenant(), connection.userId())) {
        connection.close(CloseCause.NOT_SIGNED_IN);
      }
      if (connection.isOpen()) {
        audiences
            .computeIfAbsent(connection.tenant(), this::audience)
            .join(connection, lastEventId);
      }
    });
  }

  private TenantAudience audience(String tenant) {
    return new TenantAudience(tenant, vertx, stream, memberships, delivery, config, limits, meters);
  }

  void leave(Connection connection) {
    with(
        connection.tenant(),
        audience -> {
          audience.leave(connection);
          if (audience.isEmpty()) {
            audiences.remove(connection.tenant());
          }
        });
  }

  void pong(Connection connection) {
    with(connection.tenant(), audience -> audience.pong(connection));
  }

  /// Runs work on the event loop if the tenant has connections here.
  void with(String tenant, Consumer<TenantAudience> work) {
    context.runOnContext(_ -> {
      TenantAudience audience = audiences.get(tenant);
      if (audience != null) {
        work.accept(audience);
      }
    });
  }

  @Override
  public void onRestart(List<StreamEntry> newest) {
    stream.restart(newest);
    // The relay appends lost events again. Clients that joined after the loss must get them, so
    // they must not count as duplicates.
    seen.clear();
    newest.stream().map(StreamEntry::event).forEach(this::isNew);
    persons.eventsLost();
    audiences.values().forEach(TenantAudience::eventsLost);
  }

  @Override
  public void onEntry(StreamEntry entry) {
    EventEnvelope event = entry.event();
    boolean isNew = isNew(event);
    if (event != null && isNew) {
      if (event.data() instanceof ChatEvent.UserUpserted upserted) {
        persons.changed(event.tenant(), upserted.userId(), event.version(), upserted.active());
      }
      TenantAudience audience = audiences.get(event.tenant());
      if (audience != null) {
        handle(audience, entry, event);
      }
      if (event.data() instanceof ChatEvent.MessageCreated created) {
        lag.arrived(number, created.message());
      }
    }
    // After delivery, because the end of the stream is the position of all live connections.
    stream.add(isNew ? entry : entry.asDuplicate());
  }

  @Override
  public void onInterruption() {
    lag.unknown(number);
  }

  private void handle(TenantAudience audience, StreamEntry entry, EventEnvelope event) {
    try {
      audience.handle(entry, event);
    } catch (RuntimeException e) {
      meters.eventUnreadable();
      LOG.errorf(e, "event_undelivered position=%s type=%s", entry.position(), event.type());
      audience.eventsLost();
    }
  }

  private boolean isNew(@Nullable EventEnvelope event) {
    return event == null || seen.put(event.id(), Boolean.TRUE) == null;
  }
}
