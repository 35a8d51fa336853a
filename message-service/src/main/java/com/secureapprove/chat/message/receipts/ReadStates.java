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
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Looks up [ReadState]s with one statement that reads the same few rows for each person,
/// independent of the size of the conversation.
///
/// Look-ups are lateral queries for one row with a whole key, and with nothing else. Plain joins
/// let the generic plan compare with half of a key and read the whole group (GenericPlansTest). A
/// condition on a second key let it read the whole history (PlansWithoutStatisticsTest).
@Singleton
public class ReadStates {

  /// A read state, and the numbers that a change of the read position needs.
  ///
  /// @param base the `seq` after which messages count as unread
  /// @param baseSentCount how many messages the person had sent up to the base; they are never
  ///   unread
  /// @param anchorSeq the `seq` of the message asked for; null if the conversation has no such
  ///   message
  /// @param ownAtAnchor how many messages the person had sent up to the anchor, or up to the end
  record Found(
      ReadState state, long base, long baseSentCount, @Nullable Long anchorSeq, long ownAtAnchor) {}

  /// A person in a conversation.
  record Reader(UUID conversationId, String userId) {}

  /// A read state and the `seq` of the message that was asked for with it.
  public record ReadStateAtMessage(ReadState state, long seq) {}

  private final Session entities;
  private final Caller caller;

  ReadStates(Session entities, Caller caller) {
    this.entities = entities;
    this.caller = caller;
  }

  /// The read state of the caller's user.
  ///
  /// @throws ProblemException 404 if the tenant has no such conversation, 403 if the user is not in
  ///   it
  @Transactional
  public ReadState ofCaller(UUID conversationId) {
    return ofParticipant(conversationId, null, false).state();
  }

  /// The read state of the caller's user, and the `seq` of a message.
  ///
  /// @throws ProblemException 404 if the tenant has no such conversation or the conversation no
  ///   such message, 403 if the user is not in it
  @Transactional
  public ReadStateAtMessage ofCaller(UUID conversationId, UUID anchor) {
    Found found = ofParticipant(conversationId, anchor, false);
    Long seq = found.anchorSeq();
    if (seq == null) {
      throw new ProblemException(Problem.NOT_FOUND, "No such message in this conversation");
    }
    return new ReadStateAtMessage(found.state(), seq);
  }

  /// The caller's read state with the number of their messages up to the anchor.
  Found ofParticipantWithCounts(UUID conversationId, @Nullable UUID anchor) {
    return ofParticipant(conversationId, anchor, true);
  }

  private Found ofParticipant(UUID conversationId, @Nullable UUID anchor, boolean counts) {
    Found found =
        find(List.of(new Reader(conversationId, caller.user().userId())), anchor, counts)
            .values()
            .stream()
            .findFirst()
            .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "No such conversation"));
    if (!found.state().participant()) {
      throw new ProblemException(Problem.FORBIDDEN, "Not a participant of this conversation");
    }
    return found;
  }

  /// The state of each person. People are left out if the tenant does not have their conversation.
  Map<Reader, ReadState> find(Collection<Reader> readers) {
    Map<Reader, ReadState> states = new HashMap<>();
    find(readers, null, false).forEach((reader, found) -> states.put(reader, found.state()));
    return states;
  }

  /// @param counts whether to count the sent messages, which costs as much as all the rest
  private Map<Reader, Found> find(
      Collection<Reader> readers, @Nullable UUID anchor, boolean counts) {
    Map<Reader, Found> found = new HashMap<>();
    entities
        .createNativeQuery(
            """
            select c.id, k.user_id, c.last_seq, c.member_count,
                   p.user_id is not null and p.left_seq is null as participant,
                   coalesce(p.delivered_seq, 0) as delivered, coalesce(p.read_seq, 0) as read,
                   greatest(coalesce(p.joined_seq, 0), coalesce(p.read_seq, 0)) as base,
                   coalesce(p.base_sent_count, 0) as base_sent_count,
                   f.delivered_by, coalesce(f.delivered_seq, 0) as furthest_delivered,
                   coalesce(f.delivered_second, 0) as delivered_second,
                   f.read_by, coalesce(f.read_seq, 0) as furthest_read,
                   coalesce(f.read_second, 0) as read_second,
                   a.seq as anchor_seq,
                   case when :counts then
                     sent_count(:tenant, k.id, k.user_id, coalesce(a.seq, c.last_seq))
                     else 0 end as own_at_anchor
            from unnest(:ids, :users) k(id, user_id)
            cross join lateral (
              select * from conversation
              where tenant = :tenant and id = k.id and not deleted limit 1) c
            left join lateral (
              select * from participant
              where tenant = :tenant and conversation_id = k.id and user_id = k.user_id
              limit 1) p on true
            left join lateral (
              select * from furthest_position
              where tenant = :tenant and conversation_id = k.id limit 1) f on true
            left join lateral (
              select seq, conversation_id from message
              where tenant = :tenant and id = cast(:anchor as uuid) limit 1) a
              on a.conversation_id = k.id
            """,
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter(
            "ids", readers.stream().map(Reader::conversationId).toArray(UUID[]::new), UUID[].class)
        .setParameter(
            "users", readers.stream().map(Reader::userId).toArray(String[]::new), String[].class)
        .setParameter("anchor", anchor == null ? null : anchor.toString())
        .setParameter("counts", counts)
        .getResultStream()
        .forEach(row -> {
          Reader reader = new Reader(row.get("id", UUID.class), row.get("user_id", String.class));
          found.put(reader, found(row, reader.userId()));
        });
    return found;
  }

  private static Found found(Tuple row, String userId) {
    ReadState state =
        new ReadState(
            userId,
            row.get("participant", Boolean.class),
            (int) number(row, "member_count"),
            number(row, "last_seq"),
            number(row, "delivered"),
            number(row, "read"),
            new FurthestPositions(
                row.get("delivered_by", String.class),
                number(row, "furthest_delivered"),
                number(row, "delivered_second")),
            new FurthestPositions(
                row.get("read_by", String.class),
                number(row, "furthest_read"),
                number(row, "read_second")));
    return new Found(
        state,
        number(row, "base"),
        number(row, "base_sent_count"),
        row.get("anchor_seq", Long.class),
        number(row, "own_at_anchor"));
  }

  private static long number(Tuple row, String name) {
    return row.get(name, Number.class).longValue();
  }
}
