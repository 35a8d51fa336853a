package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.ChatEvent.PositionsChanged;
import com.secureapprove.chat.contracts.ChatEvent.StatusChange;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.message.receipts.Standings.Found;
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

/// Moves participants' positions forward and tells those whom it concerns.
@Singleton
public class Positions {
  /// The most messages of one sender that a change of status is told for, newest first.
  private static final int MAX_TOLD = 100;

  /// How many newly reached messages are looked at for such changes.
  private static final int MAX_SCANNED = 500;

  /// A message whose status a move may change.
  public record Touched(UUID id, long seq, String senderId) {}

  private final Session entities;
  private final Standings standings;
  private final Outbox outbox;
  private final Caller caller;

  Positions(Session entities, Standings standings, Outbox outbox, Caller caller) {
    this.entities = entities;
    this.standings = standings;
    this.outbox = outbox;
    this.caller = caller;
  }

  /// Moves the caller's read position (and the delivered one with it) forward.
  ///
  /// @param upTo the last message read; null for all there are
  /// @return how many messages of others were newly read
  /// @throws ProblemException 404 for an unknown conversation or message, 403 for strangers
  @Transactional
  public long markRead(UUID conversationId, @Nullable UUID upTo) {
    String userId = caller.user().userId();
    lock(conversationId, userId);
    Found before = standings.ofParticipant(conversationId, upTo);
    if (upTo != null && before.anchorSeq() == null) {
      throw new ProblemException(Problem.NOT_FOUND, "No such message in this conversation");
    }
    Standing standing = before.standing();
    Long anchor = before.anchorSeq();
    long target = anchor == null ? standing.lastSeq() : anchor;
    if (target <= standing.read()) {
      return 0;
    }
    long ownAfter = Math.max(before.ownAtAnchor(), before.baseSentCount());
    move(
        conversationId,
        standing,
        standing.movedTo(target, target),
        ownAfter,
        reached(conversationId, standing, target));
    long newlyRead = Math.max(0, target - before.base());
    return Math.max(0, newlyRead - (ownAfter - before.baseSentCount()));
  }

  /// Moves a participant's delivered position forward; passed over where the person is not in the
  /// conversation.
  @Transactional
  public void markDelivered(UUID conversationId, String userId, long seq) {
    Optional<Standing> found =
        standings
            .find(conversationId, userId, null)
            .map(Found::standing)
            .filter(Standing::participant);
    if (found.isEmpty()) {
      return;
    }
    long target = Math.min(seq, found.get().lastSeq());
    if (target > found.get().delivered()) {
      markDelivered(
          conversationId, found.get(), target, reached(conversationId, found.get(), target));
    }
  }

  /// Like the other, for someone whose standing and whose messages are at hand: one statement.
  @Transactional
  public void markDelivered(
      UUID conversationId, Standing before, long seq, List<Touched> newestFirst) {
    move(conversationId, before, before.movedTo(seq, 0), null, newestFirst);
  }

  private void lock(UUID conversationId, String userId) {
    entities
        .createNativeQuery(
            "select 1 from participant where tenant = :tenant and conversation_id = :id"
                + " and user_id = :user for update",
            Integer.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", conversationId)
        .setParameter("user", userId)
        .getResultList();
  }

  /// The newest of others' messages up to a position that were not yet read, as far back as a
  /// change is told.
  private List<Touched> reached(UUID conversationId, Standing before, long to) {
    return entities
        .createNativeQuery(
            """
            select m.id, m.seq, m.sender_id from message m
            where m.tenant = :tenant and m.conversation_id = :id and m.sender_id <> :user
              and m.seq > :from and m.seq <= :to
            order by m.seq desc limit :limit
            """,
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", conversationId)
        .setParameter("user", before.userId())
        .setParameter("from", before.read())
        .setParameter("to", to)
        .setParameter("limit", MAX_SCANNED)
        .getResultStream()
        .map(row ->
            new Touched(
                row.get("id", UUID.class),
                row.get("seq", Long.class),
                row.get("sender_id", String.class)))
        .toList();
  }

  /// Writes the new positions, if they are still ahead, and their event, in one statement.
  private void move(
      UUID conversationId,
      Standing before,
      Standing after,
      @Nullable Long sentCountAtRead,
      List<Touched> newestFirst) {
    Outbox.Row event =
        outbox.prepare(
            new Outbox.Draft(
                conversationId.toString(),
                after.delivered(),
                new PositionsChanged(
                    conversationId,
                    after.userId(),
                    positionOrNull(after.delivered()),
                    positionOrNull(after.read()),
                    after.memberCount(),
                    changes(before, after, newestFirst),
                    own(before, after, newestFirst))));
    entities
        .createNativeMutationQuery(
            """
            with moved as (
              update participant
              set delivered_at = case when coalesce(delivered_seq, 0) < :delivered
                                      then now() else delivered_at end,
                  delivered_seq = greatest(delivered_seq, :delivered),
                  read_at = case when coalesce(read_seq, 0) < :read then now() else read_at end,
                  base_sent_count = case when coalesce(read_seq, 0) < :read
                                         then coalesce(cast(:own as bigint), base_sent_count)
                                         else base_sent_count end,
                  read_seq = nullif(greatest(coalesce(read_seq, 0), :read), 0)
              where tenant = :tenant and conversation_id = :id and user_id = :user
                and (coalesce(delivered_seq, 0) < :delivered or coalesce(read_seq, 0) < :read)
              returning 1)
            insert into outbox (shard, tenant, event_id, payload)
            select :shard, :tenant, :event, :payload from moved
            """)
        .setParameter("delivered", after.delivered())
        .setParameter("read", after.read())
        .setParameter("own", sentCountAtRead)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", conversationId)
        .setParameter("user", after.userId())
        .setParameter("shard", event.shard())
        .setParameter("event", event.eventId())
        .setParameter("payload", event.payload())
        .executeUpdate();
  }

  private static List<StatusChange> changes(
      Standing before, Standing after, List<Touched> newestFirst) {
    Map<String, Integer> told = new HashMap<>();
    List<StatusChange> changes = new ArrayList<>();
    for (Touched message : newestFirst) {
      MessageStatus now = after.combinedStatusOf(message.senderId(), message.seq());
      if (now != before.combinedStatusOf(message.senderId(), message.seq())
          && told.merge(message.senderId(), 1, Integer::sum) <= MAX_TOLD) {
        changes.add(new StatusChange(message.senderId(), message.id(), now));
      }
    }
    return changes;
  }

  private static List<StatusChange> own(
      Standing before, Standing after, List<Touched> newestFirst) {
    return newestFirst.stream()
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
