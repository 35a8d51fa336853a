package com.secureapprove.chat.importdjango.old;

import static com.secureapprove.chat.importdjango.old.OldRows.ids;
import static com.secureapprove.chat.importdjango.old.OldRows.time;

import com.secureapprove.chat.importdjango.old.OldConversation.OldParticipant;
import com.secureapprove.chat.importdjango.report.FindingKind;
import com.secureapprove.chat.importdjango.report.ImportReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The conversations of one tenant of the old database, with their participants. For one thread.
public final class OldConversations {
  private record ParticipantKey(UUID conversation, long user) {}

  private final Connection connection;
  private final long tenant;

  OldConversations(Connection connection, long tenant) {
    this.connection = connection;
    this.tenant = tenant;
  }

  /// A use of a page of conversations.
  @FunctionalInterface
  public interface PageConsumer {
    void accept(List<OldConversation> page) throws SQLException;
  }

  /// Reads all conversations by id, in pages.
  ///
  /// @param size the most conversations of a page
  public void read(int size, ImportReport report, PageConsumer consumer) throws SQLException {
    Set<UUID> seconds = secondsOfPairs();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select id, title, coalesce(is_group, false),
                   coalesce(created_at, updated_at, timestamptz 'epoch'),
                   coalesce(updated_at, created_at, timestamptz 'epoch')
            from chat_chatconversation where tenant_id = ? order by id
            """)) {
      select.setLong(1, tenant);
      select.setFetchSize(size);
      try (ResultSet rows = select.executeQuery()) {
        List<OldConversation> page = new ArrayList<>();
        while (rows.next()) {
          UUID id = rows.getObject(1, UUID.class);
          page.add(
              new OldConversation(
                  id,
                  rows.getString(2),
                  rows.getBoolean(3),
                  time(rows, 4),
                  time(rows, 5),
                  seconds.contains(id),
                  new ArrayList<>()));
          if (page.size() == size) {
            consumer.accept(withParticipants(page, report));
            page = new ArrayList<>();
          }
        }
        if (!page.isEmpty()) {
          consumer.accept(withParticipants(page, report));
        }
      }
    }
  }

  private List<OldConversation> withParticipants(List<OldConversation> page, ImportReport report)
      throws SQLException {
    Map<UUID, OldConversation> byId = new HashMap<>();
    page.forEach(conversation -> byId.put(conversation.id(), conversation));
    Set<ParticipantKey> seen = new HashSet<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select conversation_id, user_id, coalesce(unread_count, 0),
                   coalesce(is_archived, false), coalesce(is_muted, false),
                   coalesce(joined_at, timestamptz 'epoch')
            from chat_chatparticipant where conversation_id = any(?)
            order by conversation_id, joined_at, id
            """)) {
      select.setArray(1, ids(connection, byId.keySet()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          OldConversation conversation = byId.get(rows.getObject(1, UUID.class));
          long user = rows.getLong(2);
          if (conversation == null || rows.wasNull()) {
            continue;
          }
          if (!seen.add(new ParticipantKey(conversation.id(), user))) {
            report.list(
                FindingKind.PARTICIPANT_TWICE, "conversation", conversation.id(), "user", user);
            continue;
          }
          conversation
              .participants()
              .add(
                  new OldParticipant(
                      user,
                      Math.max(0, rows.getLong(3)),
                      rows.getBoolean(4),
                      rows.getBoolean(5),
                      time(rows, 6)));
        }
      }
    }
    return page;
  }

  /// The 1-to-1 conversations of two people who have another one with later messages.
  private Set<UUID> secondsOfPairs() throws SQLException {
    Set<UUID> seconds = new HashSet<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select id from (
              select c.id, row_number() over (
                partition by p.pair
                order by coalesce(
                  (select max(created_at) from chat_chatmessage m where m.conversation_id = c.id),
                  c.updated_at, timestamptz 'epoch') desc, c.id) as place
              from chat_chatconversation c
              join (select conversation_id, array_agg(distinct user_id order by user_id) as pair
                    from chat_chatparticipant group by conversation_id) p
                on p.conversation_id = c.id
              where c.tenant_id = ? and not coalesce(c.is_group, false) and cardinality(p.pair) = 2) c
            where place > 1
            """)) {
      select.setLong(1, tenant);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          seconds.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return seconds;
  }
}
