package com.secureapprove.chat.message.posting;

import com.secureapprove.chat.contracts.AttachmentClaims;
import com.secureapprove.chat.contracts.MessageBatch.Item;
import com.secureapprove.chat.contracts.MessageBatch.Outcome;
import com.secureapprove.chat.message.files.FileClaims;
import com.secureapprove.chat.message.membership.Memberships;
import com.secureapprove.chat.message.posting.PostingStatements.SenderKey;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Dependencies;
import com.secureapprove.chat.platform.problem.Outage;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.people.KnownPeople;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Stores messages: many in one transaction, each with its own outcome.
///
/// 1. Items that break a rule are refused.
/// 2. Files are claimed, for senders who are participants.
/// 3. All remaining items are stored in one transaction, which locks their conversations, so `seq`
///    has no gaps and everyone sees one order. An idempotency key that is stored already returns
///    its message.
/// 4. If the transaction fails, each item gets its own transaction, so that a bad item fails alone.
///
/// An outcome is returned only after the commit.
@Singleton
public class MessagePosting {
  private static final Logger LOG = Logger.getLogger(MessagePosting.class);

  private final PostingTransaction transaction;
  private final FileClaims claims;
  private final Memberships memberships;
  private final KnownPeople people;
  private final Dependencies dependencies;

  MessagePosting(
      PostingTransaction transaction,
      FileClaims claims,
      Memberships memberships,
      KnownPeople people,
      Dependencies dependencies) {
    this.transaction = transaction;
    this.claims = claims;
    this.memberships = memberships;
    this.people = people;
    this.dependencies = dependencies;
  }

  /// Stores the items of the caller's tenant, in their order.
  ///
  /// @param items at most [com.secureapprove.chat.contracts.MessageBatch#MAX_ITEMS]
  /// @return an outcome for each item, in the same order
  public List<Outcome> post(List<Item> items) {
    List<Attempt> attempts = items.stream().map(Attempt::new).toList();
    validate(attempts);
    claimFiles(attempts.stream().filter(a -> a.isOpen() && !a.isPrepared()).toList());
    List<Attempt> open = attempts.stream().filter(Attempt::isOpen).toList();
    loadNames(open);
    store(open);
    store(withNewMembership(open));
    return attempts.stream().map(Attempt::outcome).toList();
  }

  /// Refuses invalid items. Items without files are ready to be stored.
  private static void validate(List<Attempt> attempts) {
    for (Attempt attempt : attempts) {
      Optional<Outcome> refusal = MessageDraft.refusal(attempt.item());
      if (refusal.isPresent()) {
        attempt.end(refusal.get());
      } else if (attempt.item().attachmentIds().isEmpty()) {
        attempt.prepare(MessageDraft.of(attempt.item(), List.of()));
      }
    }
  }

  /// Claims the files of senders who are participants. A file that was claimed for a refused
  /// message could belong to no other message, so membership is checked first.
  private void claimFiles(List<Attempt> withFiles) {
    refuseStrangers(withFiles);
    refuseStrangers(withNewMembership(withFiles));
    List<Attempt> claiming = withFiles.stream().filter(Attempt::isOpen).toList();
    List<AttachmentClaims.Outcome> claimed =
        claims.claim(claiming.stream().map(Attempt::item).toList());
    for (int i = 0; i < claiming.size(); i++) {
      Attempt attempt = claiming.get(i);
      AttachmentClaims.Outcome claim = claimed.get(i);
      if (claim.files() == null) {
        attempt.end(new Outcome(null, false, claim.refusal()));
      } else {
        attempt.prepare(MessageDraft.of(attempt.item(), claim.files()));
      }
    }
  }

  private void refuseStrangers(List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    try {
      Map<SenderKey, Outcome> strangers =
          transaction.strangers(attempts.stream().map(Attempt::item).toList());
      attempts.forEach(attempt -> attempt.end(strangers.get(attempt.sender())));
    } catch (SQLException | RuntimeException e) {
      logNotStored(attempts.size(), e);
      attempts.forEach(attempt -> attempt.end(notStored()));
    }
  }

  /// A missing name is no reason to refuse a message: readers see the name once it is known.
  private void loadNames(List<Attempt> attempts) {
    try {
      people.ensure(attempts.stream().map(a -> a.item().senderId()).distinct().toList());
    } catch (ProblemException e) {
      LOG.debugf("sender_names_unknown reason=%s", e.detail());
    }
  }

  /// The items that were refused for want of membership, and whose membership the owner has just
  /// changed. The event about a new member may still be on its way, so the owner is asked, once for
  /// each conversation.
  private List<Attempt> withNewMembership(List<Attempt> attempts) {
    Set<UUID> asked = new HashSet<>();
    Set<UUID> changed = new HashSet<>();
    List<Attempt> again = new ArrayList<>();
    for (Attempt attempt : attempts.stream().filter(Attempt::missedMembership).toList()) {
      UUID conversation = attempt.item().conversationId();
      try {
        if (asked.add(conversation) && memberships.refreshOnMiss(conversation)) {
          changed.add(conversation);
        }
        if (changed.contains(conversation)) {
          again.add(attempt);
        }
      } catch (ProblemException e) {
        attempt.end(Outcome.refused(e.problem().code(), e.detail()));
      }
    }
    return again;
  }

  private void store(List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    List<Outcome> outcomes = storeOrSplit(attempts.stream().map(Attempt::draft).toList());
    for (int i = 0; i < attempts.size(); i++) {
      attempts.get(i).end(outcomes.get(i));
    }
  }

  /// Stores all in one transaction, or each in its own if that fails. During an outage of the
  /// database single attempts would only repeat the wait.
  private List<Outcome> storeOrSplit(List<MessageDraft> drafts) {
    try {
      return storeOnce(drafts);
    } catch (SQLException | RuntimeException e) {
      if (Outage.isCauseOf(e)) {
        logNotStored(drafts.size(), e);
        return drafts.stream().map(_ -> notStored()).toList();
      }
      if (drafts.size() > 1) {
        LOG.warnf("batch_split items=%d reason=%s", drafts.size(), Reason.of(e));
        return drafts.stream().flatMap(draft -> storeOrSplit(List.of(draft)).stream()).toList();
      }
      LOG.errorf(
          e, "message_not_stored conversation=%s", drafts.getFirst().item().conversationId());
      return List.of(notStored());
    }
  }

  /// Almost no send repeats a stored key, so the transaction inserts without looking. If a key
  /// turns out to be stored, it is rolled back and runs again with a look-up.
  private List<Outcome> storeOnce(List<MessageDraft> drafts) throws SQLException {
    try {
      return transaction.store(drafts);
    } catch (PostingTransaction.KeyIsStored _) {
      return transaction.storeAfterLookUp(drafts);
    }
  }

  private void logNotStored(int items, Exception failure) {
    if (Outage.of(failure).equals(Optional.of(Outage.DATABASE))) {
      dependencies.failed(Dependencies.DATABASE, failure);
    } else {
      LOG.warnf("messages_not_stored items=%d reason=%s", items, Reason.of(failure));
    }
  }

  private static Outcome notStored() {
    return Outcome.refused(Problem.UNAVAILABLE.code(), "The message could not be stored");
  }
}
