package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.ChatEvent.PositionsChanged;
import com.secureapprove.chat.contracts.ChatEvent.StatusChange;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.outbox.Outbox;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// The participants' delivered and read positions.
@Singleton
public class Positions {
  /// The most messages of one sender that a change of status is told for, newest first.
  private static final int MAX_TOLD = 100;

  /// How many newly read messages are looked at for such changes.
  private static final int MAX_SCANNED = 500;

  private final Session entities;
  private final Outbox outbox;
  private final Caller caller;

  Positions(Session entities, Outbox outbox, Caller caller) {
    this.entities = entities;
    this.outbox = outbox;
    this.caller = caller;
  }

  /// Where the caller's user stands; one statement.
  ///
  /// @throws ProblemException 404 where the tenant has no such conversation, 403 for strangers
  @Transactional
  public Standing standing(UUID conversationId) {
    return find(conversationId, caller.user().userId())
        .map(Found::standing)
        .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "No such conversation"));
  }

  /// What the statement of a standing reads, with what unread counts are made of.
  private record Found(Standing standing, long base, long sentCount, long baseSentCount) {}

  private Optional<Found> find(UUID conversationId, String userId) {
    List<Tuple> rows =
        entities
            .createNativeQuery(
                """
                select c.last_seq, p.user_id is not null and p.left_seq is null as participant,
                       coalesce(p.delivered_seq, 0) as delivered, coalesce(p.read_seq, 0) as read,
                       greatest(coalesce(p.joined_seq, 0), coalesce(p.read_seq, 0)) as base,
                       coalesce(p.sent_count, 0) as sent_count,
                       coalesce(p.base_sent_count, 0) as base_sent_count,
                       coalesce((select o.delivered_seq from participant o
                          where o.tenant = c.tenant and o.conversation_id = c.id
                            and o.user_id <> :user
                          order by o.delivered_seq desc nulls last limit 1), 0) as others_delivered,
                       coalesce((select o.read_seq from participant o
                          where o.tenant = c.tenant and o.conversation_id = c.id
                            and o.user_id <> :user
                          order by o.read_seq desc nulls last limit 1), 0) as others_read
                from conversation c
                left join participant p on p.tenant = c.tenant and p.conversation_id = c.id
                  and p.user_id = :user
                where c.tenant = :tenant and c.id = :id and not c.deleted
                """,
                Tuple.class)
            .setParameter("tenant", caller.tenant())
            .setParameter("id", conversationId)
            .setParameter("user", userId)
            .getResultList();
    return rows.stream()
        .map(row ->
            new Found(
                new Standing(
                    userId,
                    row.get("participant", Boolean.class),
                    number(row, "last_seq"),
                    number(row, "delivered"),
                    number(row, "read"),
                    number(row, "others_delivered"),
                    number(row, "others_read")),
                number(row, "base"),
                number(row, "sent_count"),
                number(row, "base_sent_count")))
        .findFirst();
  }

  /// Moves the caller's read position (and the delivered one with it) forward.
  ///
  /// @param upTo the last message read; null for all there are
  /// @return how many messages of others were newly read
  @Transactional
  public long markRead(UUID conversationId, @Nullable UUID upTo) {
    String userId = caller.user().userId();
    Found before = participant(conversationId, userId);
    long target = upTo == null ? before.standing().lastSeq() : seqOf(conversationId, upTo);
    if (target <= before.standing().read()) {
      return 0;
    }
    long ownBefore =
        target == before.standing().lastSeq()
            ? before.sentCount()
            : ownUpTo(conversationId, userId, target);
    entities
        .createNativeQuery(
            """
            update participant set read_seq = :seq, read_at = now(),
                   delivered_at = case when coalesce(delivered_seq, 0) < :seq then now()
                                       else delivered_at end,
                   delivered_seq = greatest(delivered_seq, :seq), base_sent_count = :own
            where tenant = :tenant and conversation_id = :id and user_id = :user
            """)
        .setParameter("seq", target)
        .setParameter("own", Math.max(ownBefore, before.baseSentCount()))
        .setParameter("tenant", caller.tenant())
        .setParameter("id", conversationId)
        .setParameter("user", userId)
        .executeUpdate();
    publish(conversationId, before.standing(), target, target);
    long newlyRead = Math.max(0, target - before.base());
    return Math.max(0, newlyRead - Math.max(0, ownBefore - before.baseSentCount()));
  }

  /// Moves a participant's delivered position forward; passed over where the person is not in the
  /// conversation.
  @Transactional
  public void markDelivered(UUID conversationId, String userId, long seq) {
    Optional<Found> found = lock(conversationId, userId);
    if (found.isEmpty() || !found.get().standing().participant()) {
      return;
    }
    Standing before = found.get().standing();
    long target = Math.min(seq, before.lastSeq());
    if (target <= before.delivered()) {
      return;
    }
    entities
        .createNativeQuery(
            """
            update participant set delivered_seq = :seq, delivered_at = now()
            where tenant = :tenant and conversation_id = :id and user_id = :user
            """)
        .setParameter("seq", target)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", conversationId)
        .setParameter("user", userId)
        .executeUpdate();
    publish(conversationId, before, target, before.read());
  }

  /// Like [#find], after the participant's row is locked, so that a position never moves back.
  private Optional<Found> lock(UUID conversationId, String userId) {
    entities
        .createNativeQuery(
            "select 1 from participant where tenant = :tenant and conversation_id = :id"
                + " and user_id = :user for update",
            Integer.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", conversationId)
        .setParameter("user", userId)
        .getResultList();
    return find(conversationId, userId);
  }

  private Found participant(UUID conversationId, String userId) {
    Found found =
        lock(conversationId, userId)
            .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "No such conversation"));
    if (!found.standing().participant()) {
      throw new ProblemException(Problem.FORBIDDEN, "Not a participant of this conversation");
    }
    return found;
  }

  /// The place of a message of this conversation.
  ///
  /// @throws ProblemException 404 where the conversation has no such message
  @Transactional
  public long seqOf(UUID conversationId, UUID messageId) {
    return entities
        .createNativeQuery(
            "select seq from message where tenant = :tenant and id = :id"
                + " and conversation_id = :conversation",
            Long.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", messageId)
        .setParameter("conversation", conversationId)
        .getResultStream()
        .findFirst()
        .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "No such message"));
  }

  private long ownUpTo(UUID conversationId, String userId, long seq) {
    return entities
        .createNativeQuery(
            """
            select sender_seq from message where tenant = :tenant and conversation_id = :id
              and sender_id = :user and seq <= :seq order by seq desc limit 1
            """,
            Long.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", conversationId)
        .setParameter("user", userId)
        .setParameter("seq", seq)
        .getResultStream()
        .findFirst()
        .orElse(0L);
  }

  /// Tells the new positions, and to whom of the senders a message's combined status changed.
  private void publish(UUID conversationId, Standing before, long delivered, long read) {
    long newDelivered = Math.max(delivered, before.delivered());
    Map<String, List<StatusChange>> bySender = new HashMap<>();
    List<Tuple> rows =
        entities
            .createNativeQuery(
                """
                select m.id, m.seq, m.sender_id,
                       coalesce((select o.delivered_seq from participant o
                          where o.tenant = m.tenant and o.conversation_id = m.conversation_id
                            and o.user_id not in (:user, m.sender_id)
                          order by o.delivered_seq desc nulls last limit 1), 0) as delivered,
                       coalesce((select o.read_seq from participant o
                          where o.tenant = m.tenant and o.conversation_id = m.conversation_id
                            and o.user_id not in (:user, m.sender_id)
                          order by o.read_seq desc nulls last limit 1), 0) as read
                from message m
                where m.tenant = :tenant and m.conversation_id = :id and m.sender_id <> :user
                  and m.seq > :from and m.seq <= :to
                order by m.seq desc limit :limit
                """,
                Tuple.class)
            .setParameter("tenant", caller.tenant())
            .setParameter("id", conversationId)
            .setParameter("user", before.userId())
            .setParameter("from", Math.min(before.delivered(), before.read()))
            .setParameter("to", newDelivered)
            .setParameter("limit", MAX_SCANNED)
            .getResultList();
    for (Tuple row : rows) {
      long seq = number(row, "seq");
      MessageStatus old =
          status(
              seq,
              Math.max(number(row, "delivered"), before.delivered()),
              Math.max(number(row, "read"), before.read()));
      MessageStatus now =
          status(
              seq,
              Math.max(number(row, "delivered"), newDelivered),
              Math.max(number(row, "read"), read));
      List<StatusChange> told =
          bySender.computeIfAbsent(row.get("sender_id", String.class), _ -> new ArrayList<>());
      if (now != old && told.size() < MAX_TOLD) {
        told.add(
            new StatusChange(row.get("sender_id", String.class), row.get("id", UUID.class), now));
      }
    }
    long members =
        entities
            .createNativeQuery(
                """
                select count(*) from (select 1 from participant where tenant = :tenant
                  and conversation_id = :id and left_seq is null limit 51) few
                """,
                Long.class)
            .setParameter("tenant", caller.tenant())
            .setParameter("id", conversationId)
            .getSingleResult();
    outbox.append(
        conversationId.toString(),
        newDelivered,
        new PositionsChanged(
            conversationId,
            before.userId(),
            newDelivered == 0 ? null : newDelivered,
            read == 0 ? null : read,
            (int) members,
            bySender.values().stream().flatMap(List::stream).toList()));
  }

  private static MessageStatus status(long seq, long delivered, long read) {
    if (seq <= read) {
      return MessageStatus.READ;
    }
    return seq <= delivered ? MessageStatus.DELIVERED : MessageStatus.SENT;
  }

  private static long number(Tuple row, String name) {
    return ((Number) row.get(name)).longValue();
  }
}
