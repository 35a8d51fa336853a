package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Looks up where people stand: one statement, whatever the size of the conversations.
@Singleton
public class ReadStates {

  /// A standing, with what goes beyond it.
  ///
  /// @param base where unread messages begin
  /// @param anchorSeq the place of the message asked for; null where there is none in the
  ///   conversation
  /// @param ownAtAnchor how many messages the person had sent up to the anchor, or up to the end
  record Found(
      ReadState standing,
      long base,
      long baseSentCount,
      @Nullable Long anchorSeq,
      long ownAtAnchor) {}

  /// A person in a conversation.
  record Reader(UUID conversationId, String userId) {}

  private final Session entities;
  private final Caller caller;

  ReadStates(Session entities, Caller caller) {
    this.entities = entities;
    this.caller = caller;
  }

  /// Where the caller's user stands.
  ///
  /// @throws ProblemException 404 where the tenant has no such conversation, 403 for strangers
  @Transactional
  public ReadState ofCaller(UUID conversationId) {
    return ofParticipant(conversationId, null).standing();
  }

  /// Where the caller's user stands, and the place of a message.
  ///
  /// @throws ProblemException 404 where the tenant has no such conversation or the conversation no
  ///   such message, 403 for strangers
  @Transactional
  public ReadStateAtMessage ofCaller(UUID conversationId, UUID anchor) {
    Found found = ofParticipant(conversationId, anchor);
    Long seq = found.anchorSeq();
    if (seq == null) {
      throw new ProblemException(Problem.NOT_FOUND, "No such message in this conversation");
    }
    return new ReadStateAtMessage(found.standing(), seq);
  }

  /// A standing and the place of the message that was asked for with it.
  public record ReadStateAtMessage(ReadState standing, long seq) {}

  Found ofParticipant(UUID conversationId, @Nullable UUID anchor) {
    Found found =
        find(conversationId, caller.user().userId(), anchor)
            .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "No such conversation"));
    if (!found.standing().participant()) {
      throw new ProblemException(Problem.FORBIDDEN, "Not a participant of this conversation");
    }
    return found;
  }

  Optional<Found> find(UUID conversationId, String userId, @Nullable UUID anchor) {
    return find(List.of(new Reader(conversationId, userId)), anchor).values().stream().findFirst();
  }

  /// Where each of them stands; those are left out whose conversation the tenant does not have.
  Map<Reader, Found> find(Collection<Reader> readers) {
    return find(readers, null);
  }

  private Map<Reader, Found> find(Collection<Reader> readers, @Nullable UUID anchor) {
    Map<Reader, Found> found = new HashMap<>();
    entities
        .createNativeQuery(
            """
            select c.id, k.user_id, c.last_seq, p.user_id is not null and p.left_seq is null as participant,
                   coalesce(p.delivered_seq, 0) as delivered, coalesce(p.read_seq, 0) as read,
                   greatest(coalesce(p.joined_seq, 0), coalesce(p.read_seq, 0)) as base,
                   coalesce(p.base_sent_count, 0) as base_sent_count,
                   (select count(*) from (select 1 from participant o where o.tenant = c.tenant
                      and o.conversation_id = c.id and o.left_seq is null limit 51) few) as members,
                   d1.user_id as delivered_by, coalesce(d1.seq, 0) as delivered_1,
                   coalesce(d2.seq, 0) as delivered_2,
                   r1.user_id as read_by, coalesce(r1.seq, 0) as read_1,
                   coalesce(r2.seq, 0) as read_2,
                   a.seq as anchor_seq,
                   case when a.seq is null or a.seq = c.last_seq then coalesce(p.sent_count, 0)
                        else coalesce((select m.sender_seq from message m
                          where m.tenant = c.tenant and m.conversation_id = c.id
                            and m.sender_id = k.user_id and m.seq <= a.seq
                          order by m.seq desc limit 1), 0) end as own_at_anchor
            from unnest(:ids, :users) k(id, user_id)
            join conversation c on c.tenant = :tenant and c.id = k.id and not c.deleted
            left join participant p on p.tenant = c.tenant and p.conversation_id = c.id
              and p.user_id = k.user_id
            left join message a on a.tenant = c.tenant and a.id = cast(:anchor as uuid)
              and a.conversation_id = c.id
            left join lateral (select o.user_id, o.delivered_seq as seq from participant o
                where o.tenant = c.tenant and o.conversation_id = c.id and o.user_id <> k.user_id
                order by o.delivered_seq desc nulls last limit 1) d1 on true
            left join lateral (select o.delivered_seq as seq from participant o
                where o.tenant = c.tenant and o.conversation_id = c.id and o.user_id <> k.user_id
                order by o.delivered_seq desc nulls last offset 1 limit 1) d2 on true
            left join lateral (select o.user_id, o.read_seq as seq from participant o
                where o.tenant = c.tenant and o.conversation_id = c.id and o.user_id <> k.user_id
                order by o.read_seq desc nulls last limit 1) r1 on true
            left join lateral (select o.read_seq as seq from participant o
                where o.tenant = c.tenant and o.conversation_id = c.id and o.user_id <> k.user_id
                order by o.read_seq desc nulls last offset 1 limit 1) r2 on true
            """,
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter(
            "ids", readers.stream().map(Reader::conversationId).toArray(UUID[]::new), UUID[].class)
        .setParameter(
            "users", readers.stream().map(Reader::userId).toArray(String[]::new), String[].class)
        .setParameter("anchor", anchor == null ? null : anchor.toString())
        .getResultStream()
        .forEach(row -> {
          Reader reader = new Reader(row.get("id", UUID.class), row.get("user_id", String.class));
          found.put(reader, found(row, reader.userId()));
        });
    return found;
  }

  private static Found found(Tuple row, String userId) {
    ReadState standing =
        new ReadState(
            userId,
            row.get("participant", Boolean.class),
            (int) number(row, "members"),
            number(row, "last_seq"),
            number(row, "delivered"),
            number(row, "read"),
            new FurthestPositions(
                row.get("delivered_by", String.class),
                number(row, "delivered_1"),
                number(row, "delivered_2")),
            new FurthestPositions(
                row.get("read_by", String.class), number(row, "read_1"), number(row, "read_2")));
    return new Found(
        standing,
        number(row, "base"),
        number(row, "base_sent_count"),
        row.get("anchor_seq", Long.class),
        number(row, "own_at_anchor"));
  }

  private static long number(Tuple row, String name) {
    return row.get(name, Number.class).longValue();
  }
}
