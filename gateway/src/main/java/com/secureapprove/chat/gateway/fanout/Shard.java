package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.authentication.PersonCache;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.events.EventCodec;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One of the streams, and the tenants whose events come by it. Everything happens on the event
/// loop of this verticle; [#join], [#leave], [#pong] and [#with] may be called from any thread.
final class Shard extends AbstractVerticle {
  private static final Logger LOG = Logger.getLogger(Shard.class);
  private static final int MOST_REMEMBERED = 20_000;

  private final StreamHistory stream;
  private final StreamTail tail;
  private final MembershipClient owner;
  private final PersonCache linked;
  private final Delivery delivery;
  private final ResumeConfig config;
  private final GatewayMeters meters;
  private final Map<String, TenantAudience> tenants = new HashMap<>();
  private final Map<UUID, Boolean> seen =
      new LinkedHashMap<>(1024) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  Shard(
      int number,
      Vertx vertx,
      ReactiveStreamCommands<String, String, String> streams,
      EventCodec codec,
      MembershipClient owner,
      PersonCache linked,
      Delivery delivery,
      ResumeConfig config,
      GatewayMeters meters) {
    EntryReader reader = new EntryReader(number, codec, meters::eventUnreadable);
    StreamPages pages = new StreamPages(vertx, streams, reader, number, config);
    this.stream =
        new StreamHistory(
            number,
            new RecentEntries(config.entriesInMemory(), config.bytesInMemory().asLongValue()),
            pages);
    this.tail = new StreamTail(vertx, this, stream, streams, pages, reader, config, meters);
    this.owner = owner;
    this.linked = linked;
    this.delivery = delivery;
    this.config = config;
    this.meters = meters;
  }

  @Override
  public void start() {
    tail.start();
  }

  /// From any thread.
  void stopFollowing() {
    tail.stop();
  }

  void join(Connection connection, @Nullable String lastEventId) {
    context.runOnContext(_ -> {
      // whoever was set inactive after their credentials were looked at; later news find the
      // session
      if (linked.isInactive(connection.tenant(), connection.userId())) {
        connection.close(CloseCause.NOT_SIGNED_IN);
      }
      if (connection.isOpen()) {
        tenants.computeIfAbsent(connection.tenant(), this::audience).join(connection, lastEventId);
      }
    });
  }

  private TenantAudience audience(String tenant) {
    return new TenantAudience(tenant, vertx, stream, owner, delivery, config, meters);
  }

  void leave(Connection connection) {
    with(
        connection.tenant(),
        audience -> {
          audience.leave(connection);
          if (audience.isEmpty()) {
            tenants.remove(connection.tenant());
          }
        });
  }

  /// Tells a session where it stands, after everything that it was told before.
  void pong(Connection connection) {
    with(connection.tenant(), audience -> audience.pong(connection));
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

  /// The tail begins with these, the newest entries of the stream; what came before may have been
  /// missed. On the event loop.
  void begin(List<StreamEntry> newest) {
    stream.begin(newest);
    // what was lost after it was seen is appended again, and is news to those who come in between
    seen.clear();
    newest.stream().map(StreamEntry::event).forEach(this::isNew);
    linked.eventsLost();
    tenants.values().forEach(TenantAudience::missed);
  }

  /// The next entry of the stream. On the event loop.
  void entry(StreamEntry entry) {
    EventEnvelope event = entry.event();
    boolean isNew = isNew(event);
    if (event != null && isNew) {
      if (event.data() instanceof ChatEvent.UserUpserted upserted) {
        linked.changed(event.tenant(), upserted.userId(), event.version(), upserted.active());
      }
      TenantAudience audience = tenants.get(event.tenant());
      if (audience != null) {
        handle(audience, entry, event);
      }
    }
    // after it was delivered: until then everybody stands before it
    stream.add(isNew ? entry : entry.asRepeat());
  }

  private void handle(TenantAudience audience, StreamEntry entry, EventEnvelope event) {
    try {
      audience.handle(entry, event);
    } catch (RuntimeException e) {
      meters.eventUnreadable();
      LOG.errorf(e, "event_undelivered position=%s type=%s", entry.position(), event.type());
      audience.missed();
    }
  }

  private boolean isNew(@Nullable EventEnvelope event) {
    return event == null || seen.put(event.id(), Boolean.TRUE) == null;
  }
}
