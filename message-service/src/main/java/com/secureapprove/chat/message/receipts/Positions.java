package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.message.receipts.AffectedMessages.AffectedMessage;
import com.secureapprove.chat.message.receipts.AffectedMessages.SeqRange;
import com.secureapprove.chat.message.receipts.ReadStates.Found;
import com.secureapprove.chat.message.receipts.ReadStates.ReadStateAtMessage;
import com.secureapprove.chat.message.receipts.ReadStates.Reader;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Moves the caller's own delivered and read positions forward.
@Singleton
public class Positions {
  private final Session entities;
  private final ReadStates states;
  private final AffectedMessages affected;
  private final PositionUpdates updates;
  private final Caller caller;

  Positions(
      Session entities,
      ReadStates states,
      AffectedMessages affected,
      PositionUpdates updates,
      Caller caller) {
    this.entities = entities;
    this.states = states;
    this.affected = affected;
    this.updates = updates;
    this.caller = caller;
  }

  /// Moves the caller's read position forward, and the delivered position with it.
  ///
  /// @param upTo the last message read; null for all messages
  /// @param session the WebSocket connection that requested it and needs no event; null if none
  /// @return how many messages of others were newly read
  /// @throws ProblemException 404 for an unknown conversation or message, 403 for a person who is
  ///   not a participant
  @Transactional
  public long markRead(UUID conversationId, @Nullable UUID upTo, @Nullable String session) {
    String userId = caller.user().userId();
    lock(conversationId, userId);
    Found before = states.ofParticipantWithCounts(conversationId, upTo);
    if (upTo != null && before.anchorSeq() == null) {
      throw new ProblemException(Problem.NOT_FOUND, "No such message in this conversation");
    }
    ReadState state = before.state();
    Long anchor = before.anchorSeq();
    long target = anchor == null ? state.lastSeq() : anchor;
    if (target <= state.read()) {
      return 0;
    }
    long ownAfter = Math.max(before.ownAtAnchor(), before.baseSentCount());
    updates.write(
        List.of(
            new PositionUpdate(
                conversationId,
                state,
                state.movedTo(target, target),
                ownAfter,
                affected(new SeqRange(new Reader(conversationId, userId), state.read(), target)),
                session)));
    long newlyRead = Math.max(0, target - before.base());
    return Math.max(0, newlyRead - (ownAfter - before.baseSentCount()));
  }

  /// Moves the caller's delivered position forward. Most calls find that it is there already, which
  /// takes one statement.
  ///
  /// @param upTo the last message received
  /// @return whether it moved
  /// @throws ProblemException 404 for an unknown conversation or message, 403 for a person who is
  ///   not a participant
  @Transactional
  public boolean markDelivered(UUID conversationId, UUID upTo) {
    String userId = caller.user().userId();
    ReadStateAtMessage asked = states.ofCaller(conversationId, upTo);
    if (asked.state().isDelivered(asked.seq())) {
      return false;
    }
    lock(conversationId, userId);
    ReadState before = states.ofCaller(conversationId);
    if (before.isDelivered(asked.seq())) {
      return false;
    }
    long received = Math.max(before.delivered(), before.read());
    write(
        conversationId,
        before,
        asked.seq(),
        affected(new SeqRange(new Reader(conversationId, userId), received, asked.seq())));
    return true;
  }

  /// Moves the delivered position of a reader to the end of a page of messages, with one statement.
  ///
  /// @param before the reader's state when the page was read
  /// @param page the messages, oldest first; not empty
  /// @param departed the senders who are no longer participants; they get no status
  @Transactional
  public void markDelivered(
      UUID conversationId, ReadState before, List<MessageView> page, Set<String> departed) {
    List<AffectedMessage> newestFirst =
        page.reversed().stream()
            .filter(message -> !message.senderId().equals(before.userId()))
            .filter(message -> !departed.contains(message.senderId()))
            .map(message -> new AffectedMessage(message.id(), message.seq(), message.senderId()))
            .toList();
    write(conversationId, before, page.getLast().seq(), newestFirst);
  }

  private void write(
      UUID conversationId, ReadState before, long seq, List<AffectedMessage> newestFirst) {
    updates.write(
        List.of(
            new PositionUpdate(
                conversationId, before, before.movedTo(seq, 0), null, newestFirst, null)));
  }

  private List<AffectedMessage> affected(SeqRange range) {
    return affected.in(List.of(range)).getOrDefault(range.reader(), List.of());
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
