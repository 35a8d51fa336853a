package com.secureapprove.chat.message.posting;

import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.message.files.StoredFiles;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.serviceplatform.database.PlainTransactions;
import com.secureapprove.chat.serviceplatform.outbox.Outbox;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/// The statements that store messages, each for many rows, in the caller's transaction and under
/// its tenant. Every look-up names a full primary key or unique key; GenericPlansTest holds the
/// plans.
@Singleton
class PostingStatements {

  /// A conversation whose row is locked until the transaction ends.
  record Locked(long lastSeq, long membershipVersion, boolean deleted) {}

  /// A sender as a participant.
  record Sender(long sentCount, boolean present, String name, String email) {}

  record SenderKey(UUID conversationId, String userId) {}

  /// What a transaction reads first: the conversations that exist, and the senders that are in the
  /// directory of participants.
  record Beginning(Map<UUID, Locked> locked, Map<SenderKey, Sender> senders) {}

  record MessageKey(UUID conversationId, String userId, String clientMessageId) {}

  /// A message that is stored under an idempotency key.
  record Stored(MessageView message, byte[] fingerprint) {}

  /// A message about to be stored.
  record Fresh(MessageView message, long senderSeq, byte[] fingerprint) {}

  private final StoredFiles files;

  PostingStatements(StoredFiles files) {
    this.files = files;
  }

  /// Begins the transaction: sets its tenant, locks the conversations, and reads the senders.
  ///
  /// The driver sends all with one round trip. PostgreSQL still takes a new snapshot for the
  /// senders once it has the locks, so it sees what the former holders of the locks have committed.
  /// Conversations are locked in the order of their ids, so that two batches cannot deadlock.
  ///
  /// The count of sent messages is that of the SQL function `sent_count`, written out, because
  /// PostgreSQL plans a function in each call.
  Beginning begin(
      Connection connection,
      String tenant,
      Collection<UUID> conversations,
      List<MessageBatch.Item> items)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            PlainTransactions.SET_TENANT
                + """
                select id, last_seq, membership_version, deleted from conversation
                where tenant = ? and id = any(?) order by id for update;
                select k.conversation_id, k.user_id,
                       case when m.conversation_id = k.conversation_id and m.sender_id = k.user_id
                            then m.sender_seq else 0 end,
                       p.left_seq is null,
                       coalesce(s.name, ''), coalesce(s.email, '')
                from (select distinct * from unnest(?, ?)) k(conversation_id, user_id)
                cross join lateral (
                  select left_seq from participant
                  where tenant = ? and conversation_id = k.conversation_id and user_id = k.user_id
                  limit 1) p
                left join lateral (
                  select conversation_id, sender_id, sender_seq from message
                  where tenant = ? and seq > 0
                    and (conversation_id, sender_id, seq)
                        <= (k.conversation_id, k.user_id, 9223372036854775807)
                  order by conversation_id desc, sender_id desc, seq desc limit 1) m on true
                left join lateral (
                  select name, email from person where tenant = ? and id = k.user_id limit 1) s
                  on true
                """)) {
      select.setString(1, tenant);
      select.setString(2, tenant);
      select.setArray(3, connection.createArrayOf("uuid", conversations.toArray()));
      select.setArray(4, uuids(connection, items, MessageBatch.Item::conversationId));
      select.setArray(5, texts(connection, items, MessageBatch.Item::senderId));
      select.setString(6, tenant);
      select.setString(7, tenant);
      select.setString(8, tenant);
      select.execute();
      select.getMoreResults();
      Map<UUID, Locked> locked = locked(select);
      select.getMoreResults();
      return new Beginning(locked, senders(select));
    }
  }

  private static Map<UUID, Locked> locked(PreparedStatement select) throws SQLException {
    Map<UUID, Locked> locked = new HashMap<>();
    try (ResultSet rows = select.getResultSet()) {
      while (rows.next()) {
        locked.put(
            rows.getObject(1, UUID.class),
            new Locked(rows.getLong(2), rows.getLong(3), rows.getBoolean(4)));
      }
    }
    return locked;
  }

  private static Map<SenderKey, Sender> senders(PreparedStatement select) throws SQLException {
    Map<SenderKey, Sender> senders = new HashMap<>();
    try (ResultSet rows = select.getResultSet()) {
      while (rows.next()) {
        senders.put(
            new SenderKey(rows.getObject(1, UUID.class), rows.getString(2)),
            new Sender(rows.getLong(3), rows.getBoolean(4), rows.getString(5), rows.getString(6)));
      }
    }
    return senders;
  }

  /// Begins a transaction, as [#begin] does, and finds the senders that are not participants, and
  /// whether the reason is that there is no such conversation.
  Map<SenderKey, Boolean> strangers(
      Connection connection, String tenant, List<MessageBatch.Item> items) throws SQLException {
    Map<SenderKey, Boolean> strangers = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            PlainTransactions.SET_TENANT
                + """
                select k.conversation_id, k.user_id, c.id is null or c.deleted
                from (select distinct * from unnest(?, ?)) k(conversation_id, user_id)
                left join lateral (
                  select id, deleted from conversation
                  where tenant = ? and id = k.conversation_id limit 1) c on true
                left join lateral (
                  select user_id, left_seq from participant
                  where tenant = ? and conversation_id = k.conversation_id and user_id = k.user_id
                  limit 1) p on true
                where c.id is null or c.deleted or p.user_id is null or p.left_seq is not null
                """)) {
      select.setString(1, tenant);
      select.setArray(2, uuids(connection, items, MessageBatch.Item::conversationId));
      select.setArray(3, texts(connection, items, MessageBatch.Item::senderId));
      select.setString(4, tenant);
      select.setString(5, tenant);
      select.execute();
      select.getMoreResults();
      try (ResultSet rows = select.getResultSet()) {
        while (rows.next()) {
          strangers.put(
              new SenderKey(rows.getObject(1, UUID.class), rows.getString(2)), rows.getBoolean(3));
        }
      }
    }
    return strangers;
  }

  Map<MessageKey, Stored> stored(
      Connection connection, String tenant, List<MessageBatch.Item> items) throws SQLException {
    Map<MessageKey, Stored> stored = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select m.id, m.conversation_id, m.seq, m.sender_id, m.client_message_id, m.content,
                   m.created_at, m.updated_at, m.fingerprint,
                   coalesce(s.name, ''), coalesce(s.email, ''), m.attachments
            from unnest(?, ?, ?) k(conversation_id, user_id, client_message_id)
            cross join lateral (
              select * from message
              where tenant = ? and conversation_id = k.conversation_id and sender_id = k.user_id
                and client_message_id = k.client_message_id
              limit 1) m
            left join person s on s.tenant = m.tenant and s.id = m.sender_id
            """)) {
      select.setArray(1, uuids(connection, items, MessageBatch.Item::conversationId));
      select.setArray(2, texts(connection, items, MessageBatch.Item::senderId));
      select.setArray(3, texts(connection, items, MessageBatch.Item::clientMessageId));
      select.setString(4, tenant);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          List<AttachmentView> attachments = files.decode(rows.getString(12));
          MessageView message =
              new MessageView(
                  rows.getObject(1, UUID.class),
                  rows.getObject(2, UUID.class),
                  rows.getLong(3),
                  rows.getString(4),
                  rows.getString(10),
                  rows.getString(11),
                  rows.getString(6),
                  !attachments.isEmpty(),
                  attachments,
                  rows.getObject(7, OffsetDateTime.class).toInstant(),
                  rows.getObject(8, OffsetDateTime.class).toInstant(),
                  rows.getString(5),
                  MessageStatus.SENT);
          stored.put(
              new MessageKey(message.conversation(), message.senderId(), rows.getString(5)),
              new Stored(message, rows.getBytes(9)));
        }
      }
    }
    return stored;
  }

  /// Inserts messages, moves the last sequence numbers of their conversations, and writes the
  /// events to the outbox, in one statement. An idempotency key that is stored already keeps its
  /// message and inserts none; the conflict names its index, so no plan can read anything else to
  /// find it.
  ///
  /// @param events of the fresh messages, in their order
  /// @return how many messages were inserted; the transaction must be rolled back if not all were
  int insert(
      Connection connection,
      String tenant,
      List<Fresh> fresh,
      Map<UUID, Long> lastSeqs,
      int slot,
      List<Outbox.Row> events)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            with inserted as (
              insert into message (tenant, id, conversation_id, seq, sender_id, sender_seq,
                                   client_message_id, fingerprint, content, created_at, updated_at,
                                   attachments)
              select ?, m.id, m.conversation_id, m.seq, m.sender_id, m.sender_seq,
                     m.client_message_id, m.fingerprint, m.content, m.created_at, m.created_at,
                     cast(m.attachments as jsonb)
              from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) m(id, conversation_id, seq, sender_id,
                     sender_seq, client_message_id, fingerprint, content, created_at, attachments)
              on conflict (tenant, conversation_id, sender_id, client_message_id) do nothing
              returning 1),
            advanced as (
              update conversation c set last_seq = k.last_seq from unnest(?, ?) k(id, last_seq)
              where c.tenant = ? and c.id = k.id),
            announced as (
              insert into outbox_event (slot, shard, tenant, event_id, payload)
              select ?, ?, ?, e.id, e.payload
              from unnest(?, ?) with ordinality as e(id, payload, n) order by e.n)
            select count(*) from inserted
            """)) {
      insert.setString(1, tenant);
      insert.setArray(2, uuids(connection, fresh, f -> f.message().id()));
      insert.setArray(3, uuids(connection, fresh, f -> f.message().conversation()));
      insert.setArray(4, longs(connection, fresh, f -> f.message().seq()));
      insert.setArray(5, texts(connection, fresh, f -> f.message().senderId()));
      insert.setArray(6, longs(connection, fresh, Fresh::senderSeq));
      insert.setArray(
          7, texts(connection, fresh, f -> String.valueOf(f.message().clientMessageId())));
      insert.setArray(
          8,
          connection.createArrayOf(
              "bytea", fresh.stream().map(Fresh::fingerprint).toArray(byte[][]::new)));
      insert.setArray(9, texts(connection, fresh, f -> f.message().content()));
      insert.setArray(
          10,
          connection.createArrayOf(
              "timestamptz",
              fresh.stream().map(f -> f.message().createdAt().toString()).toArray()));
      insert.setArray(11, texts(connection, fresh, f -> files.encode(f.message().attachments())));
      insert.setArray(12, connection.createArrayOf("uuid", lastSeqs.keySet().toArray()));
      insert.setArray(13, connection.createArrayOf("int8", lastSeqs.values().toArray()));
      insert.setString(14, tenant);
      insert.setInt(15, slot);
      insert.setInt(16, EventStreams.shardOf(tenant));
      insert.setString(17, tenant);
      insert.setArray(18, uuids(connection, events, Outbox.Row::eventId));
      insert.setArray(19, texts(connection, events, Outbox.Row::payload));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static <T> java.sql.Array uuids(
      Connection connection, List<T> of, Function<T, UUID> value) throws SQLException {
    return connection.createArrayOf("uuid", of.stream().map(value).toArray());
  }

  private static <T> java.sql.Array texts(
      Connection connection, List<T> of, Function<T, String> value) throws SQLException {
    return connection.createArrayOf("text", of.stream().map(value).toArray());
  }

  private static <T> java.sql.Array longs(
      Connection connection, List<T> of, Function<T, Long> value) throws SQLException {
    return connection.createArrayOf("int8", of.stream().map(value).toArray());
  }
}
