package com.secureapprove.chat.importdjango.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.platform.hash.Sha256;
import com.secureapprove.chat.platform.json.PlainJson;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The conversations and messages of message-service.
///
/// `seq` is drawn under the row lock of the conversation, as for messages that people send. So an
/// import can run beside the services, and a repeated one continues where the first has ended.
public final class MessageTables {

  /// A conversation as far as messages need it.
  ///
  /// @param finished whether an import has stored all of it once
  /// @param deleted whether it was deleted since
  public record State(long lastSeq, boolean finished, boolean deleted) {}

  private record Sender(UUID conversationId, String userId) {}

  private final TenantConnection database;
  private final Connection connection;
  private final ObjectMapper json = PlainJson.mapper();

  public MessageTables(TenantConnection database) {
    this.database = database;
    this.connection = database.jdbc();
  }

  /// Adds people to this service's copy of the directory.
  public void putPeople(Collection<DirectoryPerson> people) throws SQLException {
    PeopleCopy.put(database, people);
  }

  /// The states of those of the conversations that are stored.
  public Map<UUID, State> states(Collection<UUID> ids) throws SQLException {
    return database.transaction(() -> {
      Map<UUID, State> states = new HashMap<>();
      try (PreparedStatement select =
          connection.prepareStatement(
              """
              select id, last_seq, membership_version > 0, deleted from conversation
              where tenant = ? and id = any(?)
              """)) {
        select.setString(1, database.tenant());
        select.setArray(2, array("uuid", ids, id -> id));
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            states.put(
                rows.getObject(1, UUID.class),
                new State(rows.getLong(2), rows.getBoolean(3), rows.getBoolean(4)));
          }
        }
      }
      return states;
    });
  }

  /// The stored ones of the messages, with their conversation.
  public Map<UUID, UUID> stored(Collection<UUID> ids) throws SQLException {
    return database.transaction(() -> {
      Map<UUID, UUID> stored = new HashMap<>();
      try (PreparedStatement select =
          connection.prepareStatement(
              "select id, conversation_id from message where tenant = ? and id = any(?)")) {
        select.setString(1, database.tenant());
        select.setArray(2, array("uuid", ids, id -> id));
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            stored.put(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class));
          }
        }
      }
      return stored;
    });
  }

  /// Makes sure that the conversations are known here, so that messages can be stored.
  public void enter(Collection<UUID> ids) throws SQLException {
    database.transaction(() -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              insert into conversation (tenant, id) select ?, id from unnest(?) k(id) order by id
              on conflict do nothing
              """)) {
        insert.setString(1, database.tenant());
        insert.setArray(2, array("uuid", ids, id -> id));
        return insert.executeUpdate();
      }
    });
  }

  /// Stores messages at the end of their conversations, in this order, in one transaction.
  public void insert(List<NewMessage> messages) throws SQLException {
    database.transaction(() -> {
      Map<UUID, Long> seqs =
          lock(new TreeSet<>(messages.stream().map(NewMessage::conversationId).toList()));
      Map<Sender, Long> sent = sentCounts(messages);
      List<Long> seq = new ArrayList<>();
      List<Long> senderSeq = new ArrayList<>();
      for (NewMessage message : messages) {
        seq.add(seqs.merge(message.conversationId(), 1L, Long::sum));
        senderSeq.add(
            sent.merge(new Sender(message.conversationId(), message.senderId()), 1L, Long::sum));
      }
      insert(messages, seq, senderSeq);
      advance(seqs);
      return messages;
    });
  }

  private Map<UUID, Long> lock(Collection<UUID> conversations) throws SQLException {
    Map<UUID, Long> seqs = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select id, last_seq from conversation
            where tenant = ? and id = any(?) order by id for update
            """)) {
      select.setString(1, database.tenant());
      select.setArray(2, array("uuid", conversations, id -> id));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          seqs.put(rows.getObject(1, UUID.class), rows.getLong(2));
        }
      }
    }
    return seqs;
  }

  private Map<Sender, Long> sentCounts(List<NewMessage> messages) throws SQLException {
    Map<Sender, Long> sent = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select k.conversation_id, k.user_id,
                   sent_count(?, k.conversation_id, k.user_id, 9223372036854775807)
            from (select distinct * from unnest(?, ?)) k(conversation_id, user_id)
            """)) {
      select.setString(1, database.tenant());
      select.setArray(2, array("uuid", messages, NewMessage::conversationId));
      select.setArray(3, array("text", messages, NewMessage::senderId));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          sent.put(new Sender(rows.getObject(1, UUID.class), rows.getString(2)), rows.getLong(3));
        }
      }
    }
    return sent;
  }

  private void insert(List<NewMessage> messages, List<Long> seq, List<Long> senderSeq)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into message (tenant, id, conversation_id, seq, sender_id, sender_seq,
                                 client_message_id, fingerprint, content, created_at, updated_at,
                                 attachments)
            select ?, m.id, m.conversation_id, m.seq, m.sender_id, m.sender_seq,
                   m.client_message_id, m.fingerprint, m.content, m.created_at, m.updated_at,
                   cast(m.attachments as jsonb)
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) m(id, conversation_id, seq, sender_id,
                        sender_seq, client_message_id, fingerprint, content, created_at,
                        updated_at, attachments)
            """)) {
      insert.setString(1, database.tenant());
      insert.setArray(2, array("uuid", messages, NewMessage::id));
      insert.setArray(3, array("uuid", messages, NewMessage::conversationId));
      insert.setArray(4, array("int8", seq, s -> s));
      insert.setArray(5, array("text", messages, NewMessage::senderId));
      insert.setArray(6, array("int8", senderSeq, s -> s));
      insert.setArray(7, array("text", messages, NewMessage::clientMessageId));
      insert.setArray(
          8,
          connection.createArrayOf(
              "bytea", messages.stream().map(MessageTables::fingerprint).toArray(byte[][]::new)));
      insert.setArray(9, array("text", messages, NewMessage::content));
      insert.setArray(10, array("timestamptz", messages, m -> m.createdAt().toString()));
      insert.setArray(11, array("timestamptz", messages, m -> m.updatedAt().toString()));
      insert.setArray(12, array("text", messages, m -> encoded(m.attachments())));
      insert.executeUpdate();
    }
  }

  private void advance(Map<UUID, Long> seqs) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update conversation c set last_seq = k.last_seq from unnest(?, ?) k(id, last_seq)
            where c.tenant = ? and c.id = k.id
            """)) {
      List<Map.Entry<UUID, Long>> entries = List.copyOf(seqs.entrySet());
      update.setArray(1, array("uuid", entries, Map.Entry::getKey));
      update.setArray(2, array("int8", entries, Map.Entry::getValue));
      update.setString(3, database.tenant());
      update.executeUpdate();
    }
  }

  /// Replaces the list of files of stored messages where it differs: files that were missing before
  /// may be there now.
  public void updateAttachments(List<NewMessage> messages) throws SQLException {
    database.transaction(() -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              update message m set attachments = cast(k.attachments as jsonb)
              from unnest(?, ?) k(id, attachments)
              where m.tenant = ? and m.id = k.id
                and m.attachments is distinct from cast(k.attachments as jsonb)
              """)) {
        update.setArray(1, array("uuid", messages, NewMessage::id));
        update.setArray(2, array("text", messages, m -> encoded(m.attachments())));
        update.setString(3, database.tenant());
        return update.executeUpdate();
      }
    });
  }

  /// What a client repeats a send by; here only the content.
  private static byte[] fingerprint(NewMessage message) {
    return Sha256.digest().digest(message.content().getBytes(StandardCharsets.UTF_8));
  }

  private @Nullable String encoded(List<AttachmentView> attachments) {
    try {
      return attachments.isEmpty() ? null : json.writeValueAsString(attachments);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Files cannot be encoded", e);
    }
  }

  private <T> Array array(
      String type, Collection<T> from, Function<T, ? extends @Nullable Object> value)
      throws SQLException {
    return connection.createArrayOf(type, from.stream().map(value).toArray());
  }
}
