package com.secureapprove.chat.importdjango.old;

import static com.secureapprove.chat.importdjango.old.OldRows.ROWS_AT_ONCE;
import static com.secureapprove.chat.importdjango.old.OldRows.ids;
import static com.secureapprove.chat.importdjango.old.OldRows.idsOf;
import static com.secureapprove.chat.importdjango.old.OldRows.number;
import static com.secureapprove.chat.importdjango.old.OldRows.time;

import com.secureapprove.chat.importdjango.old.OldMessage.OldAttachment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The messages of conversations of the old database, with their files. For one thread.
public final class OldMessages {
  private final Connection connection;
  private final OldSchema schema;

  OldMessages(Connection connection, OldSchema schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /// A use of messages.
  @FunctionalInterface
  public interface ChunkConsumer {
    void accept(List<OldMessage> chunk) throws SQLException;
  }

  /// Reads the messages of conversations, in chunks. Those of one conversation come in the order of
  /// the old chat: by `created_at`, then by id.
  public void read(List<OldConversation> page, ChunkConsumer consumer) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select id, conversation_id, sender_id, coalesce(content, ''),
                   coalesce(has_attachments, false),
                   coalesce(created_at, timestamptz 'epoch'),
                   coalesce(updated_at, created_at, timestamptz 'epoch')
            from chat_chatmessage where conversation_id = any(?)
            order by conversation_id, 6, id
            """)) {
      select.setArray(1, idsOf(connection, page));
      select.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows = select.executeQuery()) {
        List<OldMessage> chunk = new ArrayList<>();
        while (rows.next()) {
          chunk.add(
              new OldMessage(
                  rows.getObject(1, UUID.class),
                  rows.getObject(2, UUID.class),
                  number(rows, 3),
                  rows.getString(4),
                  rows.getBoolean(5),
                  time(rows, 6),
                  time(rows, 7)));
          if (chunk.size() == ROWS_AT_ONCE) {
            consumer.accept(chunk);
            chunk = new ArrayList<>();
          }
        }
        if (!chunk.isEmpty()) {
          consumer.accept(chunk);
        }
      }
    }
  }

  /// The files of messages, in the order of their upload.
  public Map<UUID, List<OldAttachment>> attachments(List<OldMessage> chunk) throws SQLException {
    Map<UUID, List<OldAttachment>> attachments = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select id, message_id, coalesce(%s, ''), coalesce(filename, ''),
                   coalesce(content_type, ''), coalesce(size, 0),
                   coalesce(uploaded_at, timestamptz 'epoch')
            from chat_chatattachment where message_id = any(?) order by uploaded_at, id
            """
                .formatted(schema.pathColumn()))) {
      select.setArray(1, ids(connection, chunk.stream().map(OldMessage::id).toList()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          OldAttachment attachment =
              new OldAttachment(
                  rows.getObject(1, UUID.class),
                  rows.getObject(2, UUID.class),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getString(5),
                  rows.getLong(6),
                  time(rows, 7));
          attachments
              .computeIfAbsent(attachment.messageId(), _ -> new ArrayList<>())
              .add(attachment);
        }
      }
    }
    return attachments;
  }
}
