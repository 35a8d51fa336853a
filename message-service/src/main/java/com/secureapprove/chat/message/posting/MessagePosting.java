package com.secureapprove.chat.message.posting;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.MessageBatch.Item;
import com.secureapprove.chat.contracts.MessageBatch.Outcome;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.message.membership.Memberships;
import com.secureapprove.chat.message.people.KnownPeople;
import com.secureapprove.chat.message.posting.Postings.Fresh;
import com.secureapprove.chat.message.posting.Postings.Locked;
import com.secureapprove.chat.message.posting.Postings.MessageKey;
import com.secureapprove.chat.message.posting.Postings.Sender;
import com.secureapprove.chat.message.posting.Postings.SenderKey;
import com.secureapprove.chat.message.posting.Postings.Stored;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.outbox.Outbox;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
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

  private final DataSource database;
  private final Postings postings;
  private final Memberships memberships;
  private final KnownPeople people;
  private final Outbox outbox;
  private final Caller caller;
  private final Clock clock = Clock.systemUTC();

  MessagePosting(
      DataSource database,
      Postings postings,
      Memberships memberships,
      KnownPeople people,
      Outbox outbox,
      Caller caller) {
    this.database = database;
    this.postings = postings;
    this.memberships = memberships;
    this.people = people;
    this.outbox = outbox;
    this.caller = caller;
  }

  /// Stores the items of the caller's tenant, in their order.
  ///
  /// @param items at most [MessageBatch#MAX_ITEMS]
  /// @return an outcome for each item, in the same order
  public List<Outcome> post(List<Item> items) {
    @Nullable Outcome[] outcomes = new Outcome[items.size()];
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] = Draft.refusal(items.get(i)).orElse(null);
      if (outcomes[i] == null) {
        open.add(i);
      }
    }
    place(items, open, outcomes);
    List<Integer> strangers = open.stream().filter(i -> isMiss(outcomes[i])).toList();
    List<Integer> again = strangers.stream().filter(i -> worthAnotherLook(items.get(i))).toList();
    place(items, again, outcomes);
    return Arrays.asList(outcomes);
  }

  private void place(List<Item> items, List<Integer> indexes, @Nullable Outcome[] outcomes) {
    if (indexes.isEmpty()) {
      return;
    }
    List<Item> chosen = indexes.stream().map(items::get).toList();
    List<Outcome> stored = storeOrSplit(chosen);
    for (int i = 0; i < stored.size(); i++) {
      outcomes[indexes.get(i)] = stored.get(i);
    }
  }

  private static boolean isMiss(@Nullable Outcome outcome) {
    return outcome != null
        && outcome.refusal() != null
        && (outcome.refusal().code().equals(Problem.NOT_FOUND.code())
            || outcome.refusal().code().equals(Problem.FORBIDDEN.code()));
  }

  private boolean worthAnotherLook(Item item) {
    try {
      return memberships.refreshOnMiss(item.conversationId());
    } catch (ProblemException e) {
      LOG.warnf("membership_unconfirmed reason=%s", e.detail());
      return false;
    }
  }

  /// One transaction for all; where that fails, one each, so that a bad item harms only itself.
  private List<Outcome> storeOrSplit(List<Item> items) {
    try {
      people.ensure(items.stream().map(Item::senderId).distinct().toList());
      return QuarkusTransaction.requiringNew().call(() -> store(items));
    } catch (ProblemException e) {
      return items.stream().map(_ -> Outcome.refused(e.problem().code(), e.detail())).toList();
    } catch (RuntimeException e) {
      if (items.size() > 1) {
        LOG.warnf("batch_split items=%d reason=%s", items.size(), e.getMessage());
        return items.stream().flatMap(item -> storeOrSplit(List.of(item)).stream()).toList();
      }
      LOG.errorf(e, "message_not_stored conversation=%s", items.getFirst().conversationId());
      return List.of(
          Outcome.refused(Problem.UNAVAILABLE.code(), "The message could not be stored"));
    }
  }

  private List<Outcome> store(List<Item> items) throws SQLException {
    String tenant = caller.tenant();
    try (Connection connection = database.getConnection()) {
      Set<UUID> conversations = new LinkedHashSet<>();
      items.forEach(item -> conversations.add(item.conversationId()));
      Map<UUID, Locked> locked = postings.lock(connection, tenant, conversations);
      Map<SenderKey, Sender> senders = postings.senders(connection, tenant, items);
      Map<MessageKey, Stored> stored = postings.stored(connection, tenant, items);
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);

      List<Outcome> outcomes = new ArrayList<>(items.size());
      List<Fresh> fresh = new ArrayList<>();
      List<Outbox.Draft> events = new ArrayList<>();
      Map<UUID, Long> lastSeqs = new LinkedHashMap<>();
      Map<SenderKey, Long> sentCounts = new HashMap<>();
      for (Item item : items) {
        Locked conversation = locked.get(item.conversationId());
        SenderKey senderKey = new SenderKey(item.conversationId(), item.senderId());
        Sender sender = senders.get(senderKey);
        MessageKey key =
            new MessageKey(item.conversationId(), item.senderId(), item.clientMessageId());
        byte[] fingerprint = Draft.fingerprint(item);
        Stored before = stored.get(key);
        if (conversation == null || conversation.deleted()) {
          outcomes.add(Outcome.refused(Problem.NOT_FOUND.code(), "No such conversation"));
        } else if (sender == null || !sender.present()) {
          outcomes.add(
              Outcome.refused(Problem.FORBIDDEN.code(), "Not a participant of this conversation"));
        } else if (before != null) {
          outcomes.add(
              Arrays.equals(before.fingerprint(), fingerprint)
                  ? Outcome.stored(before.message(), false)
                  : Outcome.refused(
                      Problem.CONFLICT.code(),
                      "client_message_id: was used for another message already"));
        } else {
          long seq =
              lastSeqs.merge(item.conversationId(), conversation.lastSeq() + 1, (a, _) -> a + 1);
          long senderSeq = sentCounts.merge(senderKey, sender.sentCount() + 1, (a, _) -> a + 1);
          MessageView message = message(item, sender, seq, now);
          fresh.add(new Fresh(message, senderSeq, fingerprint));
          stored.put(key, new Stored(message, fingerprint));
          events.add(
              new Outbox.Draft(
                  item.conversationId().toString(),
                  seq,
                  new ChatEvent.MessageCreated(
                      message, conversation.membershipVersion(), item.session())));
          outcomes.add(Outcome.stored(message, true));
        }
      }
      if (!fresh.isEmpty()) {
        postings.insert(connection, tenant, fresh);
        postings.advance(connection, tenant, lastSeqs);
        postings.count(connection, tenant, sentCounts);
        outbox.append(events);
      }
      return outcomes;
    }
  }

  private static MessageView message(Item item, Sender sender, long seq, Instant now) {
    return new MessageView(
        TimeOrderedIds.next(),
        item.conversationId(),
        seq,
        item.senderId(),
        sender.name(),
        sender.email(),
        item.content(),
        false,
        List.of(),
        now,
        now,
        item.clientMessageId(),
        MessageStatus.SENT);
  }
}
