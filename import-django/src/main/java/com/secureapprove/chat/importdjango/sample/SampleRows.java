package com.secureapprove.chat.importdjango.sample;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Inserts rows into the old tables, in batches.
final class SampleRows {
  private static final int BATCH = 1_000;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();
  private int waiting;

  SampleRows(Connection connection) {
    this.connection = connection;
  }

  void user(long id, long tenant, String email, String name, boolean active) throws SQLException {
    add(
        "insert into authentication_user (id, tenant_id, email, name, first_name, last_name, is_active)"
            + " values (?, ?, ?, ?, ?, ?, ?)",
        id,
        tenant,
        email,
        name,
        "First",
        "Last" + id,
        active);
  }

  void presence(long user, Instant at) throws SQLException {
    add(
        "insert into chat_userpresence (user_id, last_activity, is_online, updated_at)"
            + " values (?, ?, ?, ?)",
        user,
        at,
        false,
        at);
  }

  void conversation(
      UUID id,
      long tenant,
      @Nullable String title,
      boolean isGroup,
      @Nullable UUID last,
      Instant createdAt,
      Instant updatedAt)
      throws SQLException {
    add(
        "insert into chat_chatconversation (id, tenant_id, title, is_group, last_message_id,"
            + " created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?)",
        id,
        tenant,
        title,
        isGroup,
        last,
        createdAt,
        updatedAt);
  }

  void participant(
      UUID conversation,
      long user,
      int unread,
      @Nullable UUID lastRead,
      boolean archived,
      boolean muted,
      Instant joinedAt)
      throws SQLException {
    add(
        "insert into chat_chatparticipant (conversation_id, user_id, unread_count,"
            + " last_read_message_id, is_archived, is_muted, joined_at) values (?, ?, ?, ?, ?, ?, ?)",
        conversation,
        user,
        unread,
        lastRead,
        archived,
        muted,
        joinedAt);
  }

  void message(
      UUID id,
      UUID conversation,
      @Nullable Long sender,
      String content,
      boolean hasFiles,
      String status,
      Instant at)
      throws SQLException {
    add(
        "insert into chat_chatmessage (id, conversation_id, sender_id, content, has_attachments,"
            + " status, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        conversation,
        sender,
        content,
        hasFiles,
        status,
        at,
        at);
  }

  void delivery(
      UUID message,
      long recipient,
      Instant sentAt,
      @Nullable Instant deliveredAt,
      @Nullable Instant readAt)
      throws SQLException {
    add(
        "insert into chat_chatmessagedelivery (message_id, recipient_id, sent_at, delivered_at,"
            + " read_at) values (?, ?, ?, ?, ?)",
        message,
        recipient,
        sentAt,
        deliveredAt,
        readAt);
  }

  void attachment(UUID id, UUID message, SampleFiles.Made file, Instant at) throws SQLException {
    add(
        "insert into chat_chatattachment (id, message_id, file, filename, content_type, size,"
            + " uploaded_at) values (?, ?, ?, ?, ?, ?, ?)",
        id,
        message,
        file.path(),
        file.filename(),
        file.contentType(),
        file.size(),
        at);
  }

  void flush() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.executeBatch();
    }
    waiting = 0;
  }

  private void add(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      statement.setObject(
          i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
    }
    statement.addBatch();
    if (++waiting >= BATCH) {
      flush();
    }
  }
}
