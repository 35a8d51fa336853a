package com.secureapprove.chat.systemtests.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What people saw in the Django chat, computed from its tables by its own rules.
public record OldChat(Connection database) {

  /// @param archived whether the person had archived it
  /// @param latecomers whether someone joined after the beginning
  public record Conversation(
      UUID id,
      boolean isGroup,
      String title,
      long unread,
      boolean archived,
      boolean muted,
      String lastContent,
      boolean latecomers) {}

  /// @param status as the person saw it; of an own message, the best status among the recipients
  public record Message(
      UUID id, String senderEmail, boolean mine, String content, Instant at, String status) {}

  public record File(UUID id, UUID message, String path, String filename) {}

  /// The conversations of a person, newest message first.
  public List<Conversation> conversations(String email) throws SQLException {
    List<Conversation> conversations = new ArrayList<>();
    try (PreparedStatement select =
        database.prepareStatement(
            """
            select c.id, c.is_group, coalesce(c.title, ''), p.unread_count, p.is_archived, p.is_muted,
              coalesce(m.content, ''),
              exists (select from chat_chatparticipant o
                      where o.conversation_id = c.id and o.joined_at > c.created_at)
            from chat_chatparticipant p
            join authentication_user u on u.id = p.user_id
            join chat_chatconversation c on c.id = p.conversation_id
            left join lateral (
              select content, created_at, id from chat_chatmessage m
              where m.conversation_id = c.id order by created_at desc, id desc limit 1) m on true
            where u.email = ?
            order by date_trunc('milliseconds', coalesce(m.created_at, c.updated_at)) desc, c.id desc
            """)) {
      select.setString(1, email);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          conversations.add(
              new Conversation(
                  rows.getObject(1, UUID.class),
                  rows.getBoolean(2),
                  rows.getString(3),
                  rows.getLong(4),
                  rows.getBoolean(5),
                  rows.getBoolean(6),
                  rows.getString(7),
                  rows.getBoolean(8)));
        }
      }
    }
    return conversations;
  }

  /// The messages of a conversation as a person saw them, oldest first.
  public List<Message> messages(UUID conversation, String email) throws SQLException {
    List<Message> messages = new ArrayList<>();
    try (PreparedStatement select =
        database.prepareStatement(
            """
            select m.id, coalesce(s.email, ''), coalesce(s.email, '') = ?, m.content, m.created_at,
              case when s.email = ? then (
                select case when count(d.read_at) > 0 then 'read'
                            when count(d.delivered_at) > 0 then 'delivered' else 'sent' end
                from chat_chatmessagedelivery d where d.message_id = m.id)
              else coalesce((
                select case when d.read_at is not null then 'read' else 'delivered' end
                from chat_chatmessagedelivery d join authentication_user r on r.id = d.recipient_id
                where d.message_id = m.id and r.email = ?), '') end
            from chat_chatmessage m left join authentication_user s on s.id = m.sender_id
            where m.conversation_id = ? order by m.created_at, m.id
            """)) {
      select.setString(1, email);
      select.setString(2, email);
      select.setString(3, email);
      select.setObject(4, conversation);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          messages.add(
              new Message(
                  rows.getObject(1, UUID.class),
                  rows.getString(2),
                  rows.getBoolean(3),
                  rows.getString(4),
                  rows.getObject(5, OffsetDateTime.class)
                      .toInstant()
                      .truncatedTo(ChronoUnit.MILLIS),
                  rows.getString(6)));
        }
      }
    }
    return messages;
  }

  /// The files of a conversation, by id.
  public List<File> files(UUID conversation) throws SQLException {
    List<File> files = new ArrayList<>();
    try (PreparedStatement select =
        database.prepareStatement(
            """
            select a.id, a.message_id, a.file, a.filename from chat_chatattachment a
            join chat_chatmessage m on m.id = a.message_id
            where m.conversation_id = ? order by a.id
            """)) {
      select.setObject(1, conversation);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          files.add(
              new File(
                  rows.getObject(1, UUID.class),
                  rows.getObject(2, UUID.class),
                  rows.getString(3),
                  rows.getString(4)));
        }
      }
    }
    return files;
  }
}
