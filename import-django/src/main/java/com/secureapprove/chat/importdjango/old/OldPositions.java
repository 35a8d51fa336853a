package com.secureapprove.chat.importdjango.old;

import static com.secureapprove.chat.importdjango.old.OldRows.ROWS_AT_ONCE;
import static com.secureapprove.chat.importdjango.old.OldRows.idsOf;
import static com.secureapprove.chat.importdjango.old.OldRows.time;

import com.secureapprove.chat.importdjango.old.OldConversation.OldParticipant;
import com.secureapprove.chat.importdjango.old.OldPosition.Mark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The read and delivered positions of people in conversations of the old database. The old chat
/// has them in three places: in participants, in deliveries of each message, and in the status of a
/// message. For one thread.
public final class OldPositions {
  private record Participation(UUID conversation, long user) {}

  private final Connection connection;

  OldPositions(Connection connection) {
    this.connection = connection;
  }

  /// How far each person has come: participants, and people who left but have received something.
  public Collection<OldPosition> read(List<OldConversation> page) throws SQLException {
    Map<Participation, OldPosition> positions = new LinkedHashMap<>();
    for (OldConversation conversation : page) {
      for (OldParticipant participant : conversation.participants()) {
        positions.put(
            new Participation(conversation.id(), participant.userId()),
            new OldPosition(conversation.id(), participant.userId(), null, null));
      }
    }
    add(
        positions,
        page,
        """
        select p.conversation_id, p.user_id, m.id, m.created_at, null, true
        from chat_chatparticipant p
        join chat_chatmessage m
          on m.id = p.last_read_message_id and m.conversation_id = p.conversation_id
        where p.conversation_id = any(?)
        """);
    for (String column : List.of("read_at", "delivered_at")) {
      add(
          positions,
          page,
          """
          select distinct on (m.conversation_id, d.recipient_id)
            m.conversation_id, d.recipient_id, m.id, m.created_at, d.%1$s, %2$s
          from chat_chatmessagedelivery d join chat_chatmessage m on m.id = d.message_id
          where m.conversation_id = any(?) and d.%1$s is not null
            and d.recipient_id is distinct from m.sender_id
          order by m.conversation_id, d.recipient_id, m.created_at desc, m.id desc
          """
              .formatted(column, column.equals("read_at")));
    }
    for (boolean isRead : List.of(true, false)) {
      // In a 1-to-1 only the other person can have read what the status says.
      add(
          positions,
          page,
          """
          select distinct on (m.conversation_id, m.sender_id)
            m.conversation_id, other.user_id, m.id, m.created_at, null, %s
          from (select conversation_id, array_agg(user_id) as pair from chat_chatparticipant
                where conversation_id = any(?) group by conversation_id) p
          join chat_chatconversation c
            on c.id = p.conversation_id and not c.is_group and cardinality(p.pair) = 2
          join chat_chatmessage m on m.conversation_id = c.id and m.sender_id = any(p.pair)
          join lateral (select u as user_id from unnest(p.pair) u where u <> m.sender_id) other on true
          where lower(cast(m.status as text)) in (%s)
          order by m.conversation_id, m.sender_id, m.created_at desc, m.id desc
          """
              .formatted(isRead, isRead ? "'read'" : "'read', 'delivered'"));
    }
    return positions.values();
  }

  private void add(
      Map<Participation, OldPosition> positions, List<OldConversation> page, String sql)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, idsOf(connection, page));
      select.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Participation participation =
              new Participation(rows.getObject(1, UUID.class), rows.getLong(2));
          Mark mark =
              new Mark(
                  rows.getObject(3, UUID.class),
                  time(rows, 4),
                  rows.getObject(5) == null ? null : time(rows, 5));
          boolean isRead = rows.getBoolean(6);
          positions.merge(
              participation,
              new OldPosition(participation.conversation(), participation.user(), null, null)
                  .with(isRead ? mark : null, isRead ? null : mark),
              (known, found) -> known.with(found.read(), found.delivered()));
        }
      }
    }
  }
}
