package com.secureapprove.chat.importdjango.old;

import static com.secureapprove.chat.importdjango.old.OldRows.ROWS_AT_ONCE;
import static com.secureapprove.chat.importdjango.old.OldRows.time;

import com.secureapprove.chat.importdjango.report.ImportFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// One tenant of the old database, in one snapshot: rows that the old chat writes during a run are
/// for the next run. Large results come by a cursor. For one thread.
public final class OldDatabase implements AutoCloseable {
  /// How many of each the tenant has.
  public record Totals(long conversations, long messages, long files) {}

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

  /// The conversations of the tenant.
  public OldConversations conversations() {
    return new OldConversations(connection, tenant);
  }

  /// The messages of conversations.
  public OldMessages messages() {
    return new OldMessages(connection, schema);
  }

  /// The positions of people in conversations.
  public OldPositions positions() {
    return new OldPositions(connection);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
