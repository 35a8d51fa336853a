package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.ChatEvent.PositionsChanged;
import com.secureapprove.chat.contracts.ChatEvent.StatusChange;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.message.receipts.Positions.AffectedMessage;
import com.secureapprove.chat.message.receipts.ReadStates.Reader;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.outbox.Outbox;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// PositionUpdates of participants' positions with the events that tell of them, many with one statement, in
/// the caller's transaction.
@Singleton
class PositionUpdates {
  /// The most messages of one sender that a change of status is told for, newest first.
  private static final int MAX_TOLD = 100;

  /// How many newly reached messages are looked at for such changes.
  private static final int MAX_SCANNED = 500;

  /// One participant's move.
  ///
  /// @param sentCountAtRead how many messages the person had sent up to the new read position; null
  ///   where that stays
  /// @param newestFirst the messages of others whose status it may change
  /// @param session the person's WebSocket session that asked for it and so knows, if any
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

  /// The newest of others' messages in each stretch, as far back as a change is told.
  Map<Reader, List<AffectedMessage>> reached(List<SeqRange> stretches) {
    Map<Reader, List<AffectedMessage>> reached = new HashMap<>();
    entities
        .createNativeQuery(
            """
            select k.id as conversation_id, k.user_id, m.id, m.seq, m.sender_id
            from unnest(:ids, :users, :afters, :upTos) k(id, user_id, after, up_to)
            cross join lateral (
              select id, seq, sender_id from message
              where tenant = :tenant and conversation_id = k.id and sender_id <> k.user_id
                and seq > k.after and seq <= k.up_to
              order by seq desc limit :limit) m
            order by m.seq desc
            """,
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter(
            "ids",
            stretches.stream().map(s -> s.reader().conversationId()).toArray(UUID[]::new),
            UUID[].class)
        .setParameter(
            "users",
            stretches.stream().map(s -> s.reader().userId()).toArray(String[]::new),
            String[].class)
        .setParameter(
            "afters", stretches.stream().map(SeqRange::after).toArray(Long[]::new), Long[].class)
        .setParameter(
            "upTos", stretches.stream().map(SeqRange::upTo).toArray(Long[]::new), Long[].class)
        .setParameter("limit", MAX_SCANNED)
        .getResultStream()
        .forEach(row ->
            reached
                .computeIfAbsent(
                    new Reader(
                        row.get("conversation_id", UUID.class), row.get("user_id", String.class)),
                    _ -> new ArrayList<>())
                .add(
                    new AffectedMessage(
                        row.get("id", UUID.class),
                        row.get("seq", Long.class),
                        row.get("sender_id", String.class))));
    return reached;
  }

  /// Writes the new positions where they are still ahead, each with its event, in one statement.
  void write(List<PositionUpdate> moves) {
    List<Outbox.Row> events = moves.stream().map(move -> outbox.prepare(event(move))).toList();
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
              returning a.n, a.event_id, a.payload)
            insert into outbox (shard, tenant, event_id, payload)
            select :shard, :tenant, event_id, payload from moved order by n
            """)
        .setParameter("tenant", caller.tenant())
        .setParameter("shard", events.getFirst().shard())
        .setParameter(
            "ids", moves.stream().map(PositionUpdate::conversationId).toArray(UUID[]::new), UUID[].class)
        .setParameter(
            "users",
            moves.stream().map(move -> move.after().userId()).toArray(String[]::new),
            String[].class)
        .setParameter(
            "delivered",
            moves.stream().map(move -> move.after().delivered()).toArray(Long[]::new),
            Long[].class)
        .setParameter(
            "read",
            moves.stream().map(move -> move.after().read()).toArray(Long[]::new),
            Long[].class)
        .setParameter(
            "own", moves.stream().map(PositionUpdate::sentCountAtRead).toArray(Long[]::new), Long[].class)
        .setParameter(
            "events", events.stream().map(Outbox.Row::eventId).toArray(UUID[]::new), UUID[].class)
        .setParameter(
            "payloads",
            events.stream().map(Outbox.Row::payload).toArray(String[]::new),
            String[].class)
        .executeUpdate();
  }

  private static Outbox.Draft event(PositionUpdate move) {
    ReadState after = move.after();
    return new Outbox.Draft(
        move.conversationId().toString(),
        after.delivered(),
        new PositionsChanged(
            move.conversationId(),
            after.userId(),
            positionOrNull(after.delivered()),
            positionOrNull(after.read()),
            after.memberCount(),
            changes(move),
            own(move),
            move.session()));
  }

  private static List<StatusChange> changes(PositionUpdate move) {
    ReadState before = move.before();
    ReadState after = move.after();
    Map<String, Integer> told = new HashMap<>();
    List<StatusChange> changes = new ArrayList<>();
    for (AffectedMessage message : move.newestFirst()) {
      MessageStatus now = after.combinedStatusOf(message.senderId(), message.seq());
      if (now != before.combinedStatusOf(message.senderId(), message.seq())
          && told.merge(message.senderId(), 1, Integer::sum) <= MAX_TOLD) {
        changes.add(new StatusChange(message.senderId(), message.id(), now));
      }
    }
    return changes;
  }

  private static List<StatusChange> own(PositionUpdate move) {
    ReadState before = move.before();
    ReadState after = move.after();
    return move.newestFirst().stream()
        .filter(message ->
            after.statusOf(message.senderId(), message.seq())
                != before.statusOf(message.senderId(), message.seq()))
        .limit(MAX_TOLD)
        .map(message ->
            new StatusChange(
                message.senderId(),
                message.id(),
                after.statusOf(message.senderId(), message.seq())))
        .toList();
  }

  private static @Nullable Long positionOrNull(long position) {
    return position == 0 ? null : position;
  }
}
