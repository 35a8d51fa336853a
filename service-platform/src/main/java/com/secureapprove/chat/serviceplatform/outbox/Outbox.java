package com.secureapprove.chat.serviceplatform.outbox;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.events.EventsConfig;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.logging.LogFields;
import com.secureapprove.chat.serviceplatform.audit.AuditLog;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The transactional outbox: events are rows written in the transaction of their change. The relay
/// appends them to their stream after the commit.
///
/// The events of an aggregate keep the order of these calls only while the caller holds the
/// aggregate's row lock.
@Singleton
public class Outbox {

  /// An event of a change that is not committed yet.
  public record Draft(String aggregate, long version, ChatEvent data) {}

  /// A row of the table `outbox_event`, for a statement that writes it only under a condition.
  public record Row(int shard, UUID eventId, String payload) {}

  private final DataSource database;
  private final TransactionSynchronizationRegistry transactions;
  private final Caller caller;
  private final EventCodec codec;
  private final OutboxRelay relay;
  private final AuditLog audit;
  private final EventsConfig config;
  private final Clock clock = Clock.systemUTC();

  Outbox(
      DataSource database,
      TransactionSynchronizationRegistry transactions,
      Caller caller,
      EventCodec codec,
      OutboxRelay relay,
      AuditLog audit,
      EventsConfig config) {
    this.database = database;
    this.transactions = transactions;
    this.caller = caller;
    this.codec = codec;
    this.relay = relay;
    this.audit = audit;
    this.config = config;
  }

  /// The slot for new rows, for a statement that writes rows itself. That statement must have
  /// written something else before: a position may only be drawn once the transaction has an id
  /// ([Gaps]).
  public int slot() {
    return OutboxRows.slotAt(clock.instant(), config.resumeWindow());
  }

  /// The slot for new rows at a time, for a program that writes rows itself. The condition of
  /// [#slot()] applies.
  ///
  /// @param resumeWindow the setting `chat.events.resume-window` of the services
  public static int slotAt(Instant now, Duration resumeWindow) {
    return OutboxRows.slotAt(now, resumeWindow);
  }

  /// The shard of the caller's tenant, for a statement that writes rows itself.
  public int shard() {
    return EventStreams.shardOf(caller.tenant());
  }

  /// Writes one event of the caller's tenant in the present transaction.
  public void append(String aggregate, long version, ChatEvent data) {
    append(List.of(new Draft(aggregate, version, data)));
  }

  /// Writes events of the caller's tenant in the present transaction, in this order, with one
  /// statement.
  ///
  /// @throws IllegalStateException outside a transaction
  public void append(List<Draft> drafts) {
    if (drafts.isEmpty()) {
      return;
    }
    List<Row> rows = drafts.stream().map(this::prepare).toList();
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                with xid as materialized (select pg_current_xact_id())
                insert into outbox_event (slot, shard, tenant, event_id, payload)
                select ?, ?, ?, e.id, e.payload
                from xid cross join unnest(?, ?) with ordinality as e(id, payload, n)
                order by e.n
                """)) {
      insert.setInt(1, slot());
      insert.setInt(2, shard());
      insert.setString(3, caller.tenant());
      insert.setArray(
          4, connection.createArrayOf("uuid", rows.stream().map(Row::eventId).toArray()));
      insert.setArray(
          5, connection.createArrayOf("text", rows.stream().map(Row::payload).toArray()));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Writing to the outbox failed", e);
    }
  }

  /// The row of an event of the caller's tenant, which the caller writes in the present transaction
  /// itself; the relay is woken after the commit.
  ///
  /// @throws IllegalStateException outside a transaction
  public Row prepare(Draft draft) {
    if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
      throw new IllegalStateException("An event needs the transaction of its change");
    }
    audit.record(draft.data());
    if (transactions.getResource(WakeRelay.class) == null) {
      transactions.putResource(WakeRelay.class, true);
      transactions.registerInterposedSynchronization(new WakeRelay(shard()));
    }
    return row(caller.tenant(), draft, null);
  }

  /// The row of an event that the audit log does not record, for a transaction without JTA. After
  /// its commit the caller calls [#committed].
  ///
  /// @param trace the cause of the change ([LogFields#cause]); null means that of the present
  ///   request
  public Row row(String tenant, Draft draft, @Nullable String trace) {
    UUID id = TimeOrderedIds.next();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Row(
        EventStreams.shardOf(tenant),
        id,
        codec.encode(
            new EventEnvelope(
                id,
                tenant,
                draft.aggregate(),
                draft.version(),
                now,
                trace == null ? LogFields.cause().orElse(null) : trace,
                draft.data())));
  }

  /// Wakes the relay: events of the tenant were committed. If this is not called, they are relayed
  /// a quarter of a second later.
  public void committed(String tenant) {
    relay.wake(EventStreams.shardOf(tenant));
  }

  private final class WakeRelay implements Synchronization {
    private final int shard;

    WakeRelay(int shard) {
      this.shard = shard;
    }

    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        relay.wake(shard);
      }
    }
  }
}
