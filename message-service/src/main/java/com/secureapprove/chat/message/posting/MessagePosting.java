package com.secureapprove.chat.message.posting;

import com.secureapprove.chat.contracts.AttachmentClaims;
import com.secureapprove.chat.contracts.MessageBatch.Item;
import com.secureapprove.chat.contracts.MessageBatch.Outcome;
import com.secureapprove.chat.message.files.FileClaims;
import com.secureapprove.chat.message.membership.Memberships;
import com.secureapprove.chat.message.posting.PostingStatements.SenderKey;
import com.secureapprove.chat.platform.people.KnownPeople;
import com.secureapprove.chat.platform.problem.Outage;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Stores messages: many in one transaction, each with an outcome of its own.
///
/// A message gets the next number of its conversation under the conversation's row lock, so numbers
/// have no gaps and everybody sees one order. A key that was used before yields the message first
/// made. An outcome is given only after the commit.
@Singleton
public class MessagePosting {
  private static final Logger LOG = Logger.getLogger(MessagePosting.class);

  private final PostingTransaction transaction;
  private final FileClaims claims;
  private final Memberships memberships;
  private final KnownPeople people;

  MessagePosting(
      PostingTransaction transaction, FileClaims claims, Memberships memberships, KnownPeople people) {
    this.transaction = transaction;
    this.claims = claims;
    this.memberships = memberships;
    this.people = people;
  }

  /// Stores the items of the caller's tenant, in their order.
  ///
  /// @param items at most [MessageBatch#MAX_ITEMS]
  /// @return an outcome for each item, in the same order
  public List<Outcome> post(List<Item> items) {
    List<@Nullable Outcome> outcomes = new ArrayList<>(Collections.nCopies(items.size(), null));
    List<@Nullable MessageDraft> drafts = drafts(items, outcomes);
    List<Integer> open = indexes(items.size()).stream().filter(i -> drafts.get(i) != null).toList();
    learnNames(open.stream().map(items::get).toList());
    place(drafts, open, outcomes);
    place(drafts, worthAnotherLook(items, open, outcomes), outcomes);
    return outcomes.stream().map(MessagePosting::present).toList();
  }

  /// What can be stored, with the files that go with it; the rest gets its outcome.
  private List<@Nullable MessageDraft> drafts(List<Item> items, List<@Nullable Outcome> outcomes) {
    List<@Nullable MessageDraft> drafts = new ArrayList<>(Collections.nCopies(items.size(), null));
    List<Integer> withFiles = new ArrayList<>();
    for (int i : indexes(items.size())) {
      Optional<Outcome> refusal = MessageDraft.refusal(items.get(i));
      if (refusal.isPresent()) {
        outcomes.set(i, refusal.get());
      } else if (items.get(i).attachmentIds().isEmpty()) {
        drafts.set(i, MessageDraft.of(items.get(i), List.of()));
      } else {
        withFiles.add(i);
      }
    }
    refuseOutsiders(items, withFiles, outcomes);
    refuseOutsiders(items, worthAnotherLook(items, withFiles, outcomes), outcomes);
    List<Integer> claiming = withFiles.stream().filter(i -> outcomes.get(i) == null).toList();
    List<AttachmentClaims.Outcome> claimed =
        claims.claim(claiming.stream().map(items::get).toList());
    for (int n = 0; n < claiming.size(); n++) {
      int i = claiming.get(n);
      AttachmentClaims.Outcome claim = claimed.get(n);
      if (claim.files() == null) {
        outcomes.set(i, new Outcome(null, false, claim.refusal()));
      } else {
        drafts.set(i, MessageDraft.of(items.get(i), claim.files()));
      }
    }
    return drafts;
  }

  /// Before their files are claimed: what is claimed for a message that is refused could go with no
  /// other.
  private void refuseOutsiders(
      List<Item> items, List<Integer> indexes, List<@Nullable Outcome> outcomes) {
    if (indexes.isEmpty()) {
      return;
    }
    Map<SenderKey, Outcome> outside;
    try {
      outside = transaction.outside(indexes.stream().map(items::get).toList());
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("messages_not_stored items=%d reason=%s", indexes.size(), e);
      indexes.forEach(i -> outcomes.set(i, notStored()));
      return;
    }
    for (int i : indexes) {
      Item item = items.get(i);
      outcomes.set(i, outside.get(new SenderKey(item.conversationId(), item.senderId())));
    }
  }

  /// A name that cannot be learnt now is no reason to refuse a message; readers see it later.
  private void learnNames(List<Item> items) {
    try {
      people.ensure(items.stream().map(Item::senderId).distinct().toList());
    } catch (ProblemException e) {
      LOG.warnf("names_unknown reason=%s", e.detail());
    }
  }

  private void place(
      List<@Nullable MessageDraft> drafts, List<Integer> indexes, List<@Nullable Outcome> outcomes) {
    if (indexes.isEmpty()) {
      return;
    }
    List<Outcome> stored = storeOrSplit(indexes.stream().map(i -> present(drafts.get(i))).toList());
    for (int n = 0; n < stored.size(); n++) {
      outcomes.set(indexes.get(n), stored.get(n));
    }
  }

  /// Someone who seems not to belong may only be ahead of the news: the owner is asked, once a
  /// conversation.
  private List<Integer> worthAnotherLook(
      List<Item> items, List<Integer> open, List<@Nullable Outcome> outcomes) {
    Set<UUID> asked = new HashSet<>();
    Set<UUID> changed = new HashSet<>();
    List<Integer> again = new ArrayList<>();
    for (int i : open) {
      UUID conversation = items.get(i).conversationId();
      if (!isMiss(outcomes.get(i))) {
        continue;
      }
      try {
        if (asked.add(conversation) && memberships.refreshOnMiss(conversation)) {
          changed.add(conversation);
        }
        if (changed.contains(conversation)) {
          again.add(i);
        }
      } catch (ProblemException e) {
        outcomes.set(i, Outcome.refused(e.problem().code(), e.detail()));
      }
    }
    return again;
  }

  private static boolean isMiss(@Nullable Outcome outcome) {
    return outcome != null
        && outcome.refusal() != null
        && (outcome.refusal().code().equals(Problem.NOT_FOUND.code())
            || outcome.refusal().code().equals(Problem.FORBIDDEN.code()));
  }

  /// One transaction for all; where that fails, one each, so that a bad item harms only itself. Not
  /// where the database does not answer: trying each would only wait as often.
  private List<Outcome> storeOrSplit(List<MessageDraft> drafts) {
    try {
      return transaction.store(drafts);
    } catch (SQLException | RuntimeException e) {
      if (Outage.isCauseOf(e)) {
        LOG.warnf("messages_not_stored items=%d reason=%s", drafts.size(), e);
        return drafts.stream().map(_ -> notStored()).toList();
      }
      if (drafts.size() > 1) {
        LOG.warnf("batch_split items=%d reason=%s", drafts.size(), e.getMessage());
        return drafts.stream().flatMap(draft -> storeOrSplit(List.of(draft)).stream()).toList();
      }
      LOG.errorf(
          e, "message_not_stored conversation=%s", drafts.getFirst().item().conversationId());
      return List.of(notStored());
    }
  }

  private static Outcome notStored() {
    return Outcome.refused(Problem.UNAVAILABLE.code(), "The message could not be stored");
  }

  private static List<Integer> indexes(int size) {
    return IntStream.range(0, size).boxed().toList();
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
