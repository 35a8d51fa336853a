package com.secureapprove.chat.importdjango.tables;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The participants and positions of message-service.
///
/// Unread is computed there from `base = greatest(joined_seq, read_seq)`. An old unread count gives
/// this base, and the old deliveries give the read position. If the base is later, for instance of
/// a person who joined late, `joined_seq` takes it. So the count is kept, and no message counts as
/// read by a person who has not read it.
public final class PositionTables {

  /// An unread count that the positions contradict.
  public record Contradiction(UUID conversationId, String userId, long before, long after) {}

  private final TenantConnection database;
  private final Connection connection;

  public PositionTables(TenantConnection database) {
    this.database = database;
    this.connection = database.jdbc();
  }

  /// Stores positions, adds senders and readers who have left, and completes the conversations, in
  /// one transaction. Stored positions only move forward.
  ///
  /// @param members the number of participants of each conversation that is completed for the first
  ///   time
  /// @param conversations all conversations of the positions
  /// @return the contradictions among the positions of the conversations of `members`
  public List<Contradiction> write(
      List<NewPosition> positions, Map<UUID, Integer> members, Collection<UUID> conversations)
      throws SQLException {
    return database.transaction(() -> {
      insert(positions);
      addSendersWhoLeft(members.keySet());
      furthest(conversations);
      complete(members);
      return contradictions(positions, members.keySet());
    });
  }

  private void insert(List<NewPosition> positions) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            with asked as materialized (
              select k.*, c.last_seq, coalesce(r.seq, 0) as read_seq,
                greatest(coalesce(d.seq, 0), coalesce(r.seq, 0)) as delivered_seq,
                case when not k.present or k.unread = 0 then c.last_seq
                     else coalesce(u.seq - 1, 0) end as base
              from unnest(?, ?, ?, ?, ?, ?::timestamptz[], ?, ?::timestamptz[])
                k(conversation_id, user_id, present, unread, read_message, read_at,
                  delivered_message, delivered_at)
              join conversation c on c.tenant = ? and c.id = k.conversation_id
              left join message r on r.tenant = ? and r.id = k.read_message
                and r.conversation_id = k.conversation_id
              left join message d on d.tenant = ? and d.id = k.delivered_message
                and d.conversation_id = k.conversation_id
              left join lateral (
                select m.seq from message m
                where m.tenant = ? and m.conversation_id = k.conversation_id
                  and m.sender_id <> k.user_id and k.present and k.unread > 0
                order by m.seq desc offset greatest(k.unread - 1, 0) limit 1) u on true)
            insert into participant as p (tenant, conversation_id, user_id, joined_seq, left_seq,
              delivered_seq, delivered_at, read_seq, read_at, base_sent_count)
            select ?, conversation_id, user_id,
              case when present and base > read_seq then base else 0 end,
              case when present then null else delivered_seq end,
              nullif(delivered_seq, 0), case when delivered_seq > 0 then delivered_at end,
              nullif(read_seq, 0), case when read_seq > 0 then read_at end,
              sent_count(?, conversation_id, user_id,
                case when present then greatest(base, read_seq) else read_seq end)
            from asked order by conversation_id, user_id
            on conflict (tenant, conversation_id, user_id) do update set
              delivered_at = case when excluded.delivered_seq > coalesce(p.delivered_seq, 0)
                                  then excluded.delivered_at else p.delivered_at end,
              delivered_seq = greatest(p.delivered_seq, excluded.delivered_seq),
              read_at = case when excluded.read_seq > coalesce(p.read_seq, 0)
                             then excluded.read_at else p.read_at end,
              base_sent_count = case when excluded.read_seq > coalesce(p.read_seq, 0)
                then sent_count(p.tenant, p.conversation_id, p.user_id,
                                greatest(p.joined_seq, excluded.read_seq))
                else p.base_sent_count end,
              read_seq = greatest(p.read_seq, excluded.read_seq)
            where excluded.delivered_seq > coalesce(p.delivered_seq, 0)
               or excluded.read_seq > coalesce(p.read_seq, 0)
            """)) {
      String tenant = database.tenant();
      insert.setArray(1, array("uuid", positions, NewPosition::conversationId));
      insert.setArray(2, array("text", positions, NewPosition::userId));
      insert.setArray(3, array("bool", positions, NewPosition::present));
      insert.setArray(4, array("int8", positions, NewPosition::unread));
      insert.setArray(5, array("uuid", positions, NewPosition::readMessage));
      insert.setArray(6, array("text", positions, p -> text(p.readAt())));
      insert.setArray(7, array("uuid", positions, NewPosition::deliveredMessage));
      insert.setArray(8, array("text", positions, p -> text(p.deliveredAt())));
      for (int i = 9; i <= 14; i++) {
        insert.setString(i, tenant);
      }
      insert.executeUpdate();
    }
  }

  /// Rows of people who left stay, so that their numbers continue when they come back.
  private void addSendersWhoLeft(Collection<UUID> conversations) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into participant as p (tenant, conversation_id, user_id, joined_seq, left_seq)
            select tenant, conversation_id, sender_id, 0, max(seq) from message
            where tenant = ? and conversation_id = any(?)
            group by tenant, conversation_id, sender_id
            order by conversation_id, sender_id
            on conflict (tenant, conversation_id, user_id) do update
            set left_seq = greatest(p.left_seq, excluded.left_seq)
            where p.left_seq < excluded.left_seq
            """)) {
      insert.setString(1, database.tenant());
      insert.setArray(2, array("uuid", conversations, id -> id));
      insert.executeUpdate();
    }
  }

  /// Computes the two furthest positions of each conversation again. The locks keep a position that
  /// moves at the same time from being lost.
  private void furthest(Collection<UUID> conversations) throws SQLException {
    try (PreparedStatement lock =
            connection.prepareStatement(
                """
                select 1 from participant where tenant = ? and conversation_id = any(?)
                order by conversation_id, user_id for update
                """);
        PreparedStatement upsert =
            connection.prepareStatement(
                """
                insert into furthest_position as f (tenant, conversation_id,
                  delivered_by, delivered_seq, delivered_second, read_by, read_seq, read_second)
                select p.tenant, p.conversation_id,
                  (array_agg(user_id order by delivered_seq desc nulls last, user_id))[1],
                  coalesce((array_agg(delivered_seq order by delivered_seq desc nulls last, user_id))[1], 0),
                  coalesce((array_agg(delivered_seq order by delivered_seq desc nulls last, user_id))[2], 0),
                  (array_agg(user_id order by read_seq desc nulls last, user_id)
                    filter (where read_seq is not null))[1],
                  coalesce((array_agg(read_seq order by read_seq desc nulls last, user_id))[1], 0),
                  coalesce((array_agg(read_seq order by read_seq desc nulls last, user_id))[2], 0)
                from participant p
                where p.tenant = ? and p.conversation_id = any(?)
                group by p.tenant, p.conversation_id
                having count(delivered_seq) > 0
                order by p.conversation_id
                on conflict (tenant, conversation_id) do update set
                  delivered_by = excluded.delivered_by, delivered_seq = excluded.delivered_seq,
                  delivered_second = excluded.delivered_second, read_by = excluded.read_by,
                  read_seq = excluded.read_seq, read_second = excluded.read_second
                where f.delivered_seq < excluded.delivered_seq
                   or f.delivered_second < excluded.delivered_second
                   or f.read_seq < excluded.read_seq or f.read_second < excluded.read_second
                """)) {
      for (PreparedStatement statement : List.of(lock, upsert)) {
        statement.setString(1, database.tenant());
        statement.setArray(2, array("uuid", conversations, id -> id));
        statement.execute();
      }
    }
  }

  private void complete(Map<UUID, Integer> members) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update conversation c set membership_version = 1, member_count = k.members
            from unnest(?, ?) k(id, members)
            where c.tenant = ? and c.id = k.id and c.membership_version = 0
            """)) {
      List<Map.Entry<UUID, Integer>> entries = List.copyOf(members.entrySet());
      update.setArray(1, array("uuid", entries, Map.Entry::getKey));
      update.setArray(2, array("int4", entries, Map.Entry::getValue));
      update.setString(3, database.tenant());
      update.executeUpdate();
    }
  }

  private List<Contradiction> contradictions(
      List<NewPosition> positions, Collection<UUID> conversations) throws SQLException {
    List<NewPosition> present =
        positions.stream()
            .filter(p -> p.present() && conversations.contains(p.conversationId()))
            .toList();
    List<Contradiction> contradictions = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select * from (
              select k.conversation_id, k.user_id, k.unread,
                (c.last_seq - greatest(p.joined_seq, coalesce(p.read_seq, 0)))
                  - (sent_count(?, k.conversation_id, k.user_id, c.last_seq) - p.base_sent_count) as now
              from unnest(?, ?, ?) k(conversation_id, user_id, unread)
              join conversation c on c.tenant = ? and c.id = k.conversation_id
              join participant p on p.tenant = ? and p.conversation_id = k.conversation_id
                and p.user_id = k.user_id) u
            where unread <> now
            """)) {
      select.setString(1, database.tenant());
      select.setArray(2, array("uuid", present, NewPosition::conversationId));
      select.setArray(3, array("text", present, NewPosition::userId));
      select.setArray(4, array("int8", present, NewPosition::unread));
      select.setString(5, database.tenant());
      select.setString(6, database.tenant());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          contradictions.add(
              new Contradiction(
                  rows.getObject(1, UUID.class),
                  rows.getString(2),
                  rows.getLong(3),
                  rows.getLong(4)));
        }
      }
    }
    return contradictions;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private <T> Array array(
      String type, Collection<T> from, Function<T, ? extends @Nullable Object> value)
      throws SQLException {
    return connection.createArrayOf(type, from.stream().map(value).toArray());
  }
}
