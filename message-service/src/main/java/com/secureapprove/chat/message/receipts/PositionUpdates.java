package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.ChatEvent.PositionsChanged;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.serviceplatform.outbox.Outbox;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Writes new positions of participants with their events, many with one statement, in the caller's
/// transaction.
@Singleton
class PositionUpdates {
  private final Session entities;
  private final Outbox outbox;
  private final Caller caller;

  PositionUpdates(Session entities, Outbox outbox, Caller caller) {
    this.entities = entities;
    this.outbox = outbox;
    this.caller = caller;
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
      PositionsChanged event = update.event();
      events.add(
          update.concernsClients(event)
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

  /// The new furthest positions of each conversation. A position that is behind two others is left
  /// out, because it changes nothing.
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

  private static <T extends @Nullable Object, V> V[] array(
      List<T> from, Function<T, @Nullable V> value, V[] empty) {
    return from.stream().map(value).toList().toArray(empty);
  }
}
