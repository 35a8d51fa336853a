package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.message.receipts.PositionUpdates.PositionUpdate;
import com.secureapprove.chat.message.receipts.PositionUpdates.SeqRange;
import com.secureapprove.chat.message.receipts.ReadStates.Found;
import com.secureapprove.chat.message.receipts.ReadStates.Reader;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// PositionUpdates participants' positions forward and tells those whom it concerns.
@Singleton
public class Positions {
  /// A message whose status a move may change.
  public record AffectedMessage(UUID id, long seq, String senderId) {}

  private final Session entities;
  private final ReadStates standings;
  private final PositionUpdates moves;
  private final Caller caller;

  Positions(Session entities, ReadStates standings, PositionUpdates moves, Caller caller) {
    this.entities = entities;
    this.standings = standings;
    this.moves = moves;
    this.caller = caller;
  }

  /// PositionUpdates the caller's read position (and the delivered one with it) forward.
  ///
  /// @param upTo the last message read; null for all there are
  /// @param session the WebSocket session that need not be told, if any
  /// @return how many messages of others were newly read
  /// @throws ProblemException 404 for an unknown conversation or message, 403 for strangers
  @Transactional
  public long markRead(UUID conversationId, @Nullable UUID upTo, @Nullable String session) {
    String userId = caller.user().userId();
    lock(conversationId, userId);
    Found before = standings.ofParticipant(conversationId, upTo);
    if (upTo != null && before.anchorSeq() == null) {
      throw new ProblemException(Problem.NOT_FOUND, "No such message in this conversation");
    }
    ReadState standing = before.standing();
    Long anchor = before.anchorSeq();
    long target = anchor == null ? standing.lastSeq() : anchor;
    if (target <= standing.read()) {
      return 0;
    }
    long ownAfter = Math.max(before.ownAtAnchor(), before.baseSentCount());
    Reader reader = new Reader(conversationId, userId);
    List<AffectedMessage> reached =
        moves
            .reached(List.of(new SeqRange(reader, standing.read(), target)))
            .getOrDefault(reader, List.of());
    moves.write(
        List.of(
            new PositionUpdate(
                conversationId,
                standing,
                standing.movedTo(target, target),
                ownAfter,
                reached,
                session)));
    long newlyRead = Math.max(0, target - before.base());
    return Math.max(0, newlyRead - (ownAfter - before.baseSentCount()));
  }

  /// PositionUpdates the caller's delivered position forward. Mostly it is there already, and that costs one
  /// statement.
  ///
  /// @param upTo the last message received
  /// @return whether it moved
  /// @throws ProblemException 404 for an unknown conversation or message, 403 for strangers
  @Transactional
  public boolean markDelivered(UUID conversationId, UUID upTo) {
    String userId = caller.user().userId();
    ReadStates.ReadStateAtMessage seen = standings.ofCaller(conversationId, upTo);
    if (seen.standing().isDelivered(seen.seq())) {
      return false;
    }
    lock(conversationId, userId);
    ReadState before = standings.ofCaller(conversationId);
    if (before.isDelivered(seen.seq())) {
      return false;
    }
    Reader reader = new Reader(conversationId, userId);
    SeqRange stretch = new SeqRange(reader, Math.max(before.delivered(), before.read()), seen.seq());
    markDelivered(
        conversationId,
        before,
        seen.seq(),
        moves.reached(List.of(stretch)).getOrDefault(reader, List.of()));
    return true;
  }

  /// PositionUpdates a delivered position forward where the standing and the messages are at hand: one
  /// statement.
  @Transactional
  public void markDelivered(
      UUID conversationId, ReadState before, long seq, List<AffectedMessage> newestFirst) {
    moves.write(
        List.of(new PositionUpdate(conversationId, before, before.movedTo(seq, 0), null, newestFirst, null)));
  }

  private void lock(UUID conversationId, String userId) {
    entities
        .createNativeQuery(
            "select 1 from participant where tenant = :tenant and conversation_id = :id"
                + " and user_id = :user for update")
        .setParameter("tenant", caller.tenant())
        .setParameter("id", conversationId)
        .setParameter("user", userId)
        .getResultList();
  }
}
