package com.secureapprove.chat.importdjango.tables;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.importdjango.tables.NewConversation.NewParticipant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The conversations and participants of conversation-service.
///
/// A conversation is stored here last, when its messages and files are. So it appears complete, and
/// a row here says that an earlier run has finished it.
public final class ConversationTables {
  private final TenantConnection database;
  private final Connection connection;
  private final OutboxWriter outbox;

  public ConversationTables(TenantConnection database, Duration resumeWindow) {
    this.database = database;
    this.connection = database.jdbc();
    this.outbox = new OutboxWriter(database, resumeWindow);
  }

  /// Adds people to this service's copy of the directory.
  public void putPeople(Collection<DirectoryPerson> people) throws SQLException {
    PeopleCopy.put(database, people);
  }

  /// The participants of those of the conversations that are stored.
  public Map<UUID, Set<String>> participants(Collection<UUID> ids) throws SQLException {
    return database.transaction(() -> {
      Map<UUID, Set<String>> participants = new HashMap<>();
      try (PreparedStatement select =
          connection.prepareStatement(
              """
              select c.id, p.user_id from conversation c
              left join participant p on p.tenant = c.tenant and p.conversation_id = c.id
              where c.tenant = ? and c.id = any(?)
              """)) {
        select.setString(1, database.tenant());
        select.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            Set<String> people =
                participants.computeIfAbsent(rows.getObject(1, UUID.class), _ -> new TreeSet<>());
            if (rows.getString(2) != null) {
              people.add(rows.getString(2));
            }
          }
        }
      }
      return participants;
    });
  }

  /// Stores conversations that are not stored yet, and announces them.
  ///
  /// @return those 1-to-1 conversations whose people have another one already; they are stored too
  public List<UUID> insert(List<NewConversation> conversations) throws SQLException {
    return database.transaction(() -> {
      List<UUID> seconds = new ArrayList<>();
      for (NewConversation conversation : conversations) {
        boolean inserted = insert(conversation, conversation.pairKey());
        if (!inserted && conversation.pairKey() != null && !exists(conversation.id())) {
          seconds.add(conversation.id());
          inserted = insert(conversation, conversation.pairKey() + " " + conversation.id());
        }
        if (inserted) {
          insertParticipants(conversation);
          outbox.append(
              conversation.id().toString(),
              1,
              new ChatEvent.ConversationCreated(
                  conversation.id(),
                  conversation.isGroup(),
                  conversation.participants().getFirst().userId(),
                  conversation.participants().stream().map(NewParticipant::userId).toList()));
        }
      }
      return seconds;
    });
  }

  /// Moves the last message of stored conversations forward.
  public void advance(UUID id, long lastSeq, Instant at) throws SQLException {
    database.transaction(() -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              update conversation
              set last_seq = ?, last_activity_at = greatest(last_activity_at, ?)
              where tenant = ? and id = ? and last_seq < ?
              """)) {
        update.setLong(1, lastSeq);
        update.setObject(2, at.atOffset(ZoneOffset.UTC));
        update.setString(3, database.tenant());
        update.setObject(4, id);
        update.setLong(5, lastSeq);
        return update.executeUpdate();
      }
    });
  }

  private boolean insert(NewConversation conversation, @Nullable String pairKey)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into conversation (tenant, id, is_group, title, pair_key, participant_count,
              version, created_at, updated_at, last_seq, last_activity_at)
            values (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
            on conflict do nothing
            """)) {
      insert.setString(1, database.tenant());
      insert.setObject(2, conversation.id());
      insert.setBoolean(3, conversation.isGroup());
      insert.setString(4, conversation.title());
      insert.setString(5, pairKey);
      insert.setInt(6, conversation.participants().size());
      insert.setObject(7, conversation.createdAt().atOffset(ZoneOffset.UTC));
      insert.setObject(8, conversation.updatedAt().atOffset(ZoneOffset.UTC));
      insert.setLong(9, conversation.lastSeq());
      insert.setObject(10, conversation.lastActivityAt().atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() > 0;
    }
  }

  private boolean exists(UUID id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select 1 from conversation where tenant = ? and id = ?")) {
      select.setString(1, database.tenant());
      select.setObject(2, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private void insertParticipants(NewConversation conversation) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into participant (tenant, conversation_id, user_id, role, joined_at,
              archived_at_seq, muted)
            values (?, ?, ?, ?, ?, ?, ?)
            """)) {
      for (NewParticipant participant : conversation.participants()) {
        insert.setString(1, database.tenant());
        insert.setObject(2, conversation.id());
        insert.setString(3, participant.userId());
        insert.setString(4, participant.owner() ? "OWNER" : "MEMBER");
        insert.setObject(5, participant.joinedAt().atOffset(ZoneOffset.UTC));
        insert.setObject(6, participant.archived() ? conversation.lastSeq() : null);
        insert.setBoolean(7, participant.muted());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
