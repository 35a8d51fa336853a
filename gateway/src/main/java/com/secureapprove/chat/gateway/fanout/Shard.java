package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.frames.FrameWriter;
import com.secureapprove.chat.gateway.identity.LinkedPeople;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.events.EventCodec;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One of the streams, and the tenants whose events come by it. Everything happens on the event
/// loop of this verticle; [#join], [#leave] and [#positionOf] may be called from any thread.
final class Shard extends AbstractVerticle {
  private static final Logger LOG = Logger.getLogger(Shard.class);
  private static final int MOST_REMEMBERED = 20_000;

  private final int number;
  private final EventCodec codec;
  private final OwnerQuestions owner;
  private final LinkedPeople linked;
  private final FrameWriter writer;
  private final DeliveredPositions delivered;
  private final GatewayMeters meters;
  private final Clock clock = Clock.systemUTC();
  private final Map<String, TenantAudience> tenants = new ConcurrentHashMap<>();
  private final Map<UUID, Boolean> seen =
      new LinkedHashMap<>(1024) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };
  private volatile @Nullable String position;

  Shard(
      int number,
      EventCodec codec,
      OwnerQuestions owner,
      LinkedPeople linked,
      FrameWriter writer,
      DeliveredPositions delivered,
      GatewayMeters meters) {
    this.number = number;
    this.codec = codec;
    this.owner = owner;
    this.linked = linked;
    this.writer = writer;
    this.delivered = delivered;
    this.meters = meters;
  }

  Context context() {
    return context;
  }

  int number() {
    return number;
  }

  void join(Connection connection) {
    context.runOnContext(_ -> {
      if (connection.isOpen()) {
        tenants
            .computeIfAbsent(
                connection.tenant(),
                tenant ->
                    new TenantAudience(
                        tenant, owner, writer, delivered, meters, clock, () -> position))
            .join(connection);
      }
    });
  }

  void leave(Connection connection) {
    context.runOnContext(_ -> {
      TenantAudience audience = tenants.get(connection.tenant());
      if (audience != null) {
        audience.leave(connection);
        if (audience.isEmpty()) {
          tenants.remove(connection.tenant());
        }
      }
    });
  }

  /// Does something with the local sessions of a tenant, if there are any; on the event loop.
  void with(String tenant, Consumer<TenantAudience> work) {
    context.runOnContext(_ -> {
      TenantAudience audience = tenants.get(tenant);
      if (audience != null) {
        work.accept(audience);
      }
    });
  }

  /// Where a session of that tenant stands that has got everything.
  @Nullable String positionOf(String tenant) {
    TenantAudience audience = tenants.get(tenant);
    return audience == null ? position : audience.position();
  }

  /// The next entry of the stream. On the event loop.
  void entry(String entryId, String encoded) {
    String eventId = number + "." + entryId;
    try {
      Optional<EventEnvelope> event = codec.decode(encoded);
      event.filter(this::isNew).ifPresent(fresh -> event(fresh, eventId));
    } catch (IllegalArgumentException e) {
      meters.eventUnreadable();
      LOG.errorf("event_unreadable stream=%d entry=%s", number, entryId);
    }
    position = eventId; // after it was delivered: whoever reads it may count on that
  }

  private boolean isNew(EventEnvelope event) {
    return seen.put(event.id(), Boolean.TRUE) == null;
  }

  private void event(EventEnvelope event, String eventId) {
    if (event.data() instanceof ChatEvent.UserUpserted upserted) {
      linked.forget(event.tenant(), upserted.userId());
    }
    TenantAudience audience = tenants.get(event.tenant());
    if (audience != null) {
      audience.handle(Incoming.of(event, eventId));
    }
  }

  /// The tail begins here. On the event loop.
  void startAt(String entryId) {
    position = number + "." + entryId;
  }

  /// Entries may have been missed. On the event loop.
  void missed() {
    tenants.values().forEach(TenantAudience::resyncAll);
  }
}
