package com.secureapprove.chat.importdjango.tables;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.json.PlainJson;
import com.secureapprove.chat.serviceplatform.outbox.Outbox;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// Writes events into the outbox of a service, in the transaction of their change. The running
/// service relays them, so gateways and other services learn of the change.
final class OutboxWriter {
  private final TenantConnection database;
  private final Duration resumeWindow;
  private final EventCodec codec = new EventCodec(PlainJson.mapper());

  OutboxWriter(TenantConnection database, Duration resumeWindow) {
    this.database = database;
    this.resumeWindow = resumeWindow;
  }

  /// Must follow another write of the same transaction: a position may only be drawn once the
  /// transaction has an id.
  void append(String aggregate, long version, ChatEvent data) throws SQLException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    UUID id = TimeOrderedIds.next();
    try (PreparedStatement insert =
        database
            .jdbc()
            .prepareStatement(
                "insert into outbox_event (slot, shard, tenant, event_id, payload)"
                    + " values (?, ?, ?, ?, ?)")) {
      insert.setInt(1, Outbox.slotAt(now, resumeWindow));
      insert.setInt(2, EventStreams.shardOf(database.tenant()));
      insert.setString(3, database.tenant());
      insert.setObject(4, id);
      insert.setString(
          5, codec.encode(new EventEnvelope(id, database.tenant(), aggregate, version, now, data)));
      insert.executeUpdate();
    }
  }
}
