package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.ChatEvent.PositionsChanged;
import com.secureapprove.chat.contracts.ChatEvent.StatusChange;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.message.receipts.ReadStates.Reader;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.serviceplatform.outbox.Outbox;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Writes new positions of participants with their events, many with one statement, in the caller's
/// transaction.
///
/// An update has an event only if a client has to know: a sender's message changed its status, the
/// person read something, or the conversation is small enough that positions are shared. So a
/// message in a large group causes a few events, independent of the number of recipients.
@Singleton
class PositionUpdates {
  /// The most messages of one sender whose status change one event lists, newest first.
  private static final int MAX_LISTED = 100;

  /// The most messages that are searched for such changes.
  private static final int MAX_SCANNED = 500;

  /// A message whose status an update may change.
  record AffectedMessage(UUID id, long seq, String senderId) {}

  /// One participant's update.
  ///
  /// @param sentCountAtRead how many messages the person had sent up to the new read position; null
  ///   if the read position does not change
  /// @param newestFirst the messages of other present participants whose status it may change
  /// @param session the WebSocket connection of the person that asked for it and needs no event
  record PositionUpdate(
      UUID conversationId,
      ReadState before,
      ReadState after,
      @Nullable Long sentCountAtRead,
      List<AffectedMessage> newestFirst,
      @Nullable String session) {}

  /// The messages of others after one position and up to another.
  record SeqRange(Reader reader, long after, long upTo) {}

  private final Session entities;
  private final Outbox outbox;
  private final Caller caller;

  PositionUpdates(Session entities, Outbox outbox, Caller caller) {
    this.entities = entities;
    this.outbox = outbox;
    this.caller = caller;
  }

  /// The newest messages of other present participants in each range, at most [#MAX_SCANNED] for
  /// each reader. A person who left gets no status of later reads.
  Map<Reader, List<AffectedMessage>> affected(List<SeqRange> ranges) {
    Map<Reader, List<AffectedMessage>> affected = new HashMap<>();
    List<SeqRange> notEmpty = ranges.stream().filter(r -> r.after() < r.upTo()).toList();
    if (notEmpty.isEmpty()) {
      return affected;
    }
    // by JDBC, because Hibernate spends more time on a row than PostgreSQL does
    entities.doWork(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              """
              with found as materialized (
                select k.id, k.user_id, m.id as message_id, m.seq, m.sender_id
                from unnest(?, ?, ?, ?) k(id, user_id, after, up_to)
                cross join lateral (
                  select id, seq, sender_id from message
                  where tenant = ? and conversation_id = k.id and sender_id <> k.user_id
                    and seq > k.after and seq <= k.up_to
                  order by seq desc limit ?) m),
              present as materialized (
                select s.id, s.sender_id from (select distinct id, sender_id from found) s
                cross join lateral (
                  select left_seq from participant
                  where tenant = ? and conversation_id = s.id and user_id = s.sender_id
                  limit 1) p
                where p.left_seq is null)
              select f.id, f.user_id, f.message_id, f.seq, f.sender_id
              from found f join present using (id, sender_id)
              order by f.seq desc
              """)) {
        select.setArray(
            1, sqlArray(connection, "uuid", notEmpty, r -> r.reader().conversationId()));
        select.setArray(2, sqlArray(connection, "text", notEmpty, r -> r.reader().userId()));
        select.setArray(3, sqlArray(connection, "int8", notEmpty, SeqRange::after));
        select.setArray(4, sqlArray(connection, "int8", notEmpty, SeqRange::upTo));
        select.setString(5, caller.tenant());
        select.setInt(6, MAX_SCANNED);
        select.setString(7, caller.tenant());
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            affected
                .computeIfAbsent(
                    new Reader(rows.getObject(1, UUID.class), rows.getString(2)),
                    _ -> new ArrayList<>())
                .add(
                    new AffectedMessage(
                        rows.getObject(3, UUID.class), rows.getLong(4), rows.getString(5)));
          }
        }
      }
    });
    return affected;
  }

  /// Writes the positions that are still ahead of the stored ones, their events, and the furthest
  /// positions of their conversations, in one statement.
  ///
  /// Two transactions may move the furthest positions of a conversation at the same time, so the
  /// statement merges with the stored ones. It locks those rows in the order of their ids, so that
  /// two transactions cannot deadlock.
  void write(List<PositionUpdate> updates) {
    List<Outbox.@Nullable Row> events = new ArrayList<>();
    for (PositionUpdate update : updates) {
      PositionsChanged event = event(update);
      events.add(
          concernsClients(update, event)
              ? outbox.prepare(
                  new Outbox.Draft(
                      update.conversationId().toString(), update.after().delivered(), event))
              : null);
    }
    SortedMap<UUID, Furthest> furthest = furthest(updates);
    List<FurthestPositions> delivered =
        furthest.values().stream().map(Furthest::delivered).toList();
    List<FurthestPositions> read = furthest.values().stream().map(Furthest::read).toList();
    entities
        .createNativeMutationQuery(
            """
            with asked as (
              select * from unnest(:ids, :users, :delivered, :read, :own, :events, :payloads)
                with ordinality as a(id, user_id, delivered, read, own, event_id, payload, n)),
            moved as (
              update participant p
              set delivered_at = case when coalesce(p.delivered_seq, 0) < a.delivered
                                      then now() else p.delivered_at end,
                  delivered_seq = greatest(p.delivered_seq, a.delivered),
                  read_at = case when coalesce(p.read_seq, 0) < a.read
                                 then now() else p.read_at end,
                  base_sent_count = case when coalesce(p.read_seq, 0) < a.read
                                         then coalesce(a.own, p.base_sent_count)
                                         else p.base_sent_count end,
                  read_seq = nullif(greatest(coalesce(p.read_seq, 0), a.read), 0)
              from asked a
              where p.tenant = :tenant and p.conversation_id = a.id and p.user_id = a.user_id
                and (coalesce(p.delivered_seq, 0) < a.delivered or coalesce(p.read_seq, 0) < a.read)
              returning a.n, a.event_id, a.payload),
            furthest as (
              insert into furthest_position as f (tenant, conversation_id,
                delivered_by, delivered_seq, delivered_second, read_by, read_seq, read_second)
              select :tenant, id, d_by, d_seq, d_second, r_by, r_seq, r_second
              from unnest(:fIds, :dBy, :dSeq, :dSecond, :rBy, :rSeq, :rSecond)
                k(id, d_by, d_seq, d_second, r_by, r_seq, r_second)
              order by id
              on conflict (tenant, conversation_id) do update set
                delivered_by = case when excluded.delivered_seq > f.delivered_seq
                                    then excluded.delivered_by else f.delivered_by end,
                delivered_seq = greatest(f.delivered_seq, excluded.delivered_seq),
                delivered_second = case
                  when excluded.delivered_by = f.delivered_by
                    then greatest(f.delivered_second, excluded.delivered_second)
                  when excluded.delivered_seq > f.delivered_seq
                    then greatest(f.delivered_seq, excluded.delivered_second)
                  else greatest(f.delivered_second, excluded.delivered_seq) end,
                read_by = case when excluded.read_seq > f.read_seq
                               then excluded.read_by else f.read_by end,
                read_seq = greatest(f.read_seq, excluded.read_seq),
                read_second = case
                  when excluded.read_by = f.read_by
                    then greatest(f.read_second, excluded.read_second)
                  when excluded.read_seq > f.read_seq
                    then greatest(f.read_seq, excluded.read_second)
                  else greatest(f.read_second, excluded.read_seq) end
              where excluded.delivered_seq > f.delivered_seq
                 or excluded.delivered_second > f.delivered_second
                 or excluded.delivered_seq > f.delivered_second
                    and excluded.delivered_by is distinct from f.delivered_by
                 or excluded.read_seq > f.read_seq
                 or excluded.read_second > f.read_second
                 or excluded.read_seq > f.read_second
                    and excluded.read_by is distinct from f.read_by)
            insert into outbox_event (slot, shard, tenant, event_id, payload)
            select :slot, :shard, :tenant, event_id, payload from moved
            where event_id is not null order by n
            """)
        .setParameter("tenant", caller.tenant())
        .setParameter("slot", outbox.slot())
        .setParameter("shard", outbox.shard())
        .setParameter("ids", array(updates, PositionUpdate::conversationId, new UUID[0]))
        .setParameter("users", array(updates, u -> u.after().userId(), new String[0]))
        .setParameter("delivered", array(updates, u -> u.after().delivered(), new Long[0]))
        .setParameter("read", array(updates, u -> u.after().read(), new Long[0]))
        .setParameter("own", array(updates, PositionUpdate::sentCountAtRead, new Long[0]))
        .setParameter("events", array(events, e -> e == null ? null : e.eventId(), new UUID[0]))
        .setParameter("payloads", array(events, e -> e == null ? null : e.payload(), new String[0]))
        .setParameter("fIds", furthest.keySet().toArray(new UUID[0]))
        .setParameter("dBy", array(delivered, FurthestPositions::furthestBy, new String[0]))
        .setParameter("dSeq", array(delivered, FurthestPositions::furthest, new Long[0]))
        .setParameter("dSecond", array(delivered, FurthestPositions::second, new Long[0]))
        .setParameter("rBy", array(read, FurthestPositions::furthestBy, new String[0]))
        .setParameter("rSeq", array(read, FurthestPositions::furthest, new Long[0]))
        .setParameter("rSecond", array(read, FurthestPositions::second, new Long[0]))
        .executeUpdate();
  }

  /// The furthest positions that these updates bring each conversation. Positions that are behind
  /// two others change nothing and are left out.
  private static SortedMap<UUID, Furthest> furthest(List<PositionUpdate> updates) {
    SortedMap<UUID, Furthest> furthest = new TreeMap<>();
    for (PositionUpdate update : updates) {
      ReadState after = update.after();
      if (after.delivered() > update.before().furthestDelivered().second()
          || after.read() > update.before().furthestRead().second()) {
        furthest.merge(
            update.conversationId(), Furthest.NONE.with(after), (known, _) -> known.with(after));
      }
    }
    return furthest;
  }

  private record Furthest(FurthestPositions delivered, FurthestPositions read) {
    static final Furthest NONE = new Furthest(FurthestPositions.NONE, FurthestPositions.NONE);

    Furthest with(ReadState state) {
      return new Furthest(
          delivered.with(state.userId(), state.delivered()),
          read.with(state.userId(), state.read()));
    }
  }

  private static PositionsChanged event(PositionUpdate update) {
    ReadState after = update.after();
    return new PositionsChanged(
        update.conversationId(),
        after.userId(),
        positionOrNull(after.delivered()),
        positionOrNull(after.read()),
        after.memberCount(),
        changes(update),
        own(update),
        update.session());
  }

  private static boolean concernsClients(PositionUpdate update, PositionsChanged event) {
    return update.after().sharesPositions()
        || update.after().read() > update.before().read()
        || !event.statuses().isEmpty();
  }

  private static List<StatusChange> changes(PositionUpdate update) {
    ReadState before = update.before();
    ReadState after = update.after();
    Map<String, Integer> listed = new HashMap<>();
    List<StatusChange> changes = new ArrayList<>();
    for (AffectedMessage message : update.newestFirst()) {
      MessageStatus now = after.combinedStatusOf(message.senderId(), message.seq());
      if (now != before.combinedStatusOf(message.senderId(), message.seq())
          && listed.merge(message.senderId(), 1, Integer::sum) <= MAX_LISTED) {
        changes.add(new StatusChange(message.senderId(), message.id(), now));
      }
    }
    return changes;
  }

  private static List<StatusChange> own(PositionUpdate update) {
    ReadState before = update.before();
    ReadState after = update.after();
    return update.newestFirst().stream()
        .filter(message ->
            after.statusOf(message.senderId(), message.seq())
                != before.statusOf(message.senderId(), message.seq()))
        .limit(MAX_LISTED)
        .map(message ->
            new StatusChange(
                message.senderId(),
                message.id(),
                after.statusOf(message.senderId(), message.seq())))
        .toList();
  }

  private static <T> java.sql.Array sqlArray(
      Connection connection, String type, List<T> of, Function<T, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, of.stream().map(value).toArray());
  }

  private static @Nullable Long positionOrNull(long position) {
    return position == 0 ? null : position;
  }

  private static <T extends @Nullable Object, V> V[] array(
      List<T> from, Function<T, @Nullable V> value, V[] empty) {
    return from.stream().map(value).toList().toArray(empty);
  }
}
