package com.secureapprove.chat.importdjango.old;

import com.secureapprove.chat.importdjango.old.OldConversation.OldParticipant;
import com.secureapprove.chat.importdjango.old.OldMessage.OldAttachment;
import com.secureapprove.chat.importdjango.old.OldPosition.Mark;
import com.secureapprove.chat.importdjango.report.Finding;
import com.secureapprove.chat.importdjango.report.ImportFailure;
import com.secureapprove.chat.importdjango.report.Report;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One tenant of the old database, in one snapshot: rows that the old chat writes during a run are
/// for the next run. Large results come by a cursor. For one thread.
public final class OldDatabase implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 1_000;

  /// How many of each the tenant has.
  public record Totals(long conversations, long messages, long files) {}

  private record Person(UUID conversation, long user) {}

  private final Connection connection;
  private final OldSchema schema;
  private final long tenant;

  private OldDatabase(Connection connection, OldSchema schema, long tenant) {
    this.connection = connection;
    this.schema = schema;
    this.tenant = tenant;
  }

  /// Opens the database for reading and checks its tables.
  ///
  /// @param properties user, password and other properties of the JDBC driver
  /// @param tenant the old id of the tenant; may be null if there is only one
  /// @throws ImportFailure if it is not the database of the Django chat, or has no such tenant
  public static OldDatabase open(String url, Properties properties, @Nullable Long tenant)
      throws SQLException {
    Connection connection = DriverManager.getConnection(url, properties);
    try {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        // The snapshot stays open while files are copied.
        statement.execute("set idle_in_transaction_session_timeout = 0");
        statement.execute("set statement_timeout = 0");
      }
      OldSchema schema = OldSchema.check(connection);
      return new OldDatabase(connection, schema, chosen(connection, tenant));
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static long chosen(Connection connection, @Nullable Long asked) throws SQLException {
    Map<Long, Long> tenants = new LinkedHashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                select tenant_id, count(*) from chat_chatconversation
                where tenant_id is not null group by tenant_id order by tenant_id
                """);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        tenants.put(rows.getLong(1), rows.getLong(2));
      }
    }
    if (asked != null && tenants.containsKey(asked)) {
      return asked;
    }
    if (asked == null && tenants.size() == 1) {
      return tenants.keySet().iterator().next();
    }
    List<String> known = new ArrayList<>();
    tenants.forEach(
        (id, conversations) -> known.add("%d (%d conversations)".formatted(id, conversations)));
    String list = known.isEmpty() ? "none" : String.join(", ", known);
    throw new ImportFailure(
        asked == null
            ? "The option --old-tenant must name one of the tenants of the old database: " + list
            : "The old database has no conversations of tenant %d. Its tenants: %s"
                .formatted(asked, list));
  }

  /// The old id of the tenant.
  public long tenant() {
    return tenant;
  }

  /// The sizes, for the progress.
  public Totals totals() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select (select count(*) from chat_chatconversation where tenant_id = ?),
                   (select count(*) from chat_chatmessage m
                    join chat_chatconversation c on c.id = m.conversation_id where c.tenant_id = ?),
                   (select count(*) from chat_chatattachment a
                    join chat_chatmessage m on m.id = a.message_id
                    join chat_chatconversation c on c.id = m.conversation_id where c.tenant_id = ?)
            """)) {
      for (int i = 1; i <= 3; i++) {
        select.setLong(i, tenant);
      }
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Totals(row.getLong(1), row.getLong(2), row.getLong(3));
      }
    }
  }

  /// The users of the tenant, and all others whom its conversations name, by id.
  public List<OldUser> users() throws SQLException {
    List<OldUser> users = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with message as (
              select m.id, m.sender_id from chat_chatmessage m
              join chat_chatconversation c on c.id = m.conversation_id where c.tenant_id = ?),
            needed as (
              select p.user_id as id from chat_chatparticipant p
              join chat_chatconversation c on c.id = p.conversation_id where c.tenant_id = ?
              union select sender_id from message
              union select d.recipient_id from chat_chatmessagedelivery d
              join message m on m.id = d.message_id)
            select coalesce(u.id, n.id), u.email, u.name, u.first_name, u.last_name,
                   coalesce(u.is_active, false), n.id is not null, u.id is not null
            from needed n full join authentication_user u on u.id = n.id
            where n.id is not null or u.tenant_id = ?
            order by 1
            """)) {
      for (int i = 1; i <= 3; i++) {
        select.setLong(i, tenant);
      }
      select.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          long id = rows.getLong(1);
          if (rows.wasNull()) {
            continue; // messages without a sender
          }
          String email = rows.getString(2) == null ? "" : rows.getString(2).strip();
          users.add(
              new OldUser(
                  id,
                  email,
                  OldUser.shown(rows.getString(3), rows.getString(4), rows.getString(5), email),
                  rows.getBoolean(6),
                  rows.getBoolean(7),
                  rows.getBoolean(8)));
        }
      }
    }
    return users;
  }

  /// The last activity of the users of the tenant.
  public Map<Long, Instant> lastActivities(Collection<Long> users) throws SQLException {
    Map<Long, Instant> activities = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select user_id, last_activity from chat_userpresence
            where last_activity is not null and user_id = any(?)
            """)) {
      select.setArray(1, connection.createArrayOf("int8", users.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          activities.put(rows.getLong(1), time(rows, 2));
        }
      }
    }
    return activities;
  }

  /// A use of a page of conversations.
  @FunctionalInterface
  public interface PageConsumer {
    void accept(List<OldConversation> page) throws SQLException;
  }

  /// Goes through all conversations by id, in pages.
  ///
  /// @param size the most conversations of a page
  public void conversations(int size, Report report, PageConsumer consumer) throws SQLException {
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

  private List<OldConversation> withParticipants(List<OldConversation> page, Report report)
      throws SQLException {
    Map<UUID, OldConversation> byId = new HashMap<>();
    page.forEach(conversation -> byId.put(conversation.id(), conversation));
    Set<Person> seen = new HashSet<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select conversation_id, user_id, coalesce(unread_count, 0),
                   coalesce(is_archived, false), coalesce(is_muted, false),
                   coalesce(joined_at, timestamptz 'epoch')
            from chat_chatparticipant where conversation_id = any(?)
            order by conversation_id, joined_at, id
            """)) {
      select.setArray(1, ids(byId.keySet()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          OldConversation conversation = byId.get(rows.getObject(1, UUID.class));
          long user = rows.getLong(2);
          if (conversation == null || rows.wasNull()) {
            continue;
          }
          if (!seen.add(new Person(conversation.id(), user))) {
            report.list(Finding.PARTICIPANT_TWICE, "conversation", conversation.id(), "user", user);
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

  /// A use of messages.
  @FunctionalInterface
  public interface ChunkConsumer {
    void accept(List<OldMessage> chunk) throws SQLException;
  }

  /// Goes through the messages of conversations, in chunks. Those of one conversation come in the
  /// order of the old chat: by `created_at`, then by id.
  public void messages(List<OldConversation> page, ChunkConsumer consumer) throws SQLException {
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
      select.setArray(1, idsOf(page));
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
      select.setArray(1, ids(chunk.stream().map(OldMessage::id).toList()));
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

  /// How far each person has come: participants, and people who left but have received something.
  public Collection<OldPosition> positions(List<OldConversation> page) throws SQLException {
    Map<Person, OldPosition> positions = new LinkedHashMap<>();
    for (OldConversation conversation : page) {
      for (OldParticipant participant : conversation.participants()) {
        positions.put(
            new Person(conversation.id(), participant.userId()),
            new OldPosition(conversation.id(), participant.userId(), null, null));
      }
    }
    read(
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
      read(
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
      read(
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

  private void read(Map<Person, OldPosition> positions, List<OldConversation> page, String sql)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, idsOf(page));
      select.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Person person = new Person(rows.getObject(1, UUID.class), rows.getLong(2));
          Mark mark =
              new Mark(
                  rows.getObject(3, UUID.class),
                  time(rows, 4),
                  rows.getObject(5) == null ? null : time(rows, 5));
          boolean isRead = rows.getBoolean(6);
          positions.merge(
              person,
              new OldPosition(person.conversation(), person.user(), null, null)
                  .with(isRead ? mark : null, isRead ? null : mark),
              (known, found) -> known.with(found.read(), found.delivered()));
        }
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private Array idsOf(List<OldConversation> page) throws SQLException {
    return ids(page.stream().map(OldConversation::id).toList());
  }

  private Array ids(Collection<UUID> ids) throws SQLException {
    return connection.createArrayOf("uuid", ids.toArray());
  }

  private static @Nullable Long number(ResultSet rows, int column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? null : value;
  }

  /// Times keep their milliseconds, as everywhere in this chat.
  private static Instant time(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant().truncatedTo(ChronoUnit.MILLIS);
  }
}
