package com.secureapprove.chat.message.posting;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.MessageBatch.Item;
import com.secureapprove.chat.contracts.MessageBatch.Outcome;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.message.posting.PostingStatements.Beginning;
import com.secureapprove.chat.message.posting.PostingStatements.Fresh;
import com.secureapprove.chat.message.posting.PostingStatements.Locked;
import com.secureapprove.chat.message.posting.PostingStatements.MessageKey;
import com.secureapprove.chat.message.posting.PostingStatements.Sender;
import com.secureapprove.chat.message.posting.PostingStatements.SenderKey;
import com.secureapprove.chat.message.posting.PostingStatements.Stored;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.logging.LogFields;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.tracing.Tracing;
import com.secureapprove.chat.serviceplatform.database.PlainTransactions;
import com.secureapprove.chat.serviceplatform.outbox.Outbox;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
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

/// The transaction that stores many messages. It locks the conversations first, so keys and numbers
/// that it reads afterwards stay true until the commit.
@Singleton
class PostingTransaction {
  private final DataSource database;
  private final PostingStatements statements;
  private final Outbox outbox;
  private final Caller caller;
  private final Tracing tracing;
  private final Clock clock = Clock.systemUTC();

  PostingTransaction(
      DataSource database,
      PostingStatements statements,
      Outbox outbox,
      Caller caller,
      Tracing tracing) {
    this.database = database;
    this.statements = statements;
    this.outbox = outbox;
    this.caller = caller;
    this.tracing = tracing;
  }

  /// An idempotency key of the batch is stored already. Nothing of the batch was stored.
  static final class KeyIsStored extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyIsStored() {
      super("an idempotency key is stored already", null, false, false);
    }
  }

  /// The senders that are not participants, each with the outcome for their items.
  Map<SenderKey, Outcome> strangers(List<Item> items) throws SQLException {
    String tenant = caller.tenant();
    Map<SenderKey, Outcome> strangers = new HashMap<>();
    PlainTransactions.run(database, connection -> statements.strangers(connection, tenant, items))
        .forEach((sender, noConversation) ->
            strangers.put(sender, noConversation ? noConversation() : notParticipant()));
    return strangers;
  }

  /// Stores the drafts of the caller's tenant. The outcomes hold once this has returned.
  ///
  /// @throws KeyIsStored if a key is stored already; then [#storeAfterLookUp] is needed
  List<Outcome> store(List<MessageDraft> drafts) throws SQLException {
    return store(drafts, false);
  }

  /// Like [#store], and looks up the messages that the drafts' keys have stored before.
  List<Outcome> storeAfterLookUp(List<MessageDraft> drafts) throws SQLException {
    return store(drafts, true);
  }

  private List<Outcome> store(List<MessageDraft> drafts, boolean lookUp) throws SQLException {
    List<Span> spans = drafts.stream().map(draft -> span(draft.item())).toList();
    try {
      List<Outcome> outcomes =
          PlainTransactions.run(database, connection -> store(connection, drafts, lookUp, spans));
      outbox.committed(caller.tenant());
      return outcomes;
    } catch (KeyIsStored e) {
      throw e;
    } catch (SQLException | RuntimeException e) {
      spans.forEach(span -> span.setStatus(StatusCode.ERROR));
      throw e;
    } finally {
      spans.forEach(Span::end);
    }
  }

  /// The span of the transaction, once in the trace of each of its messages.
  private Span span(Item item) {
    String cause = item.trace() == null ? LogFields.cause().orElse(null) : item.trace();
    return tracing
        .follow("store message", SpanKind.CLIENT, cause)
        .setAttribute("db.system.name", "postgresql");
  }

  private List<Outcome> store(
      Connection connection, List<MessageDraft> drafts, boolean lookUp, List<Span> spans)
      throws SQLException {
    List<Item> items = drafts.stream().map(MessageDraft::item).toList();
    String tenant = caller.tenant();
    Set<UUID> conversations = new LinkedHashSet<>();
    items.forEach(item -> conversations.add(item.conversationId()));
    Beginning beginning = statements.begin(connection, tenant, conversations, items);
    Map<MessageKey, Stored> stored =
        lookUp ? statements.stored(connection, tenant, items) : new HashMap<>();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);

    List<Outcome> outcomes = new ArrayList<>(items.size());
    List<Fresh> fresh = new ArrayList<>();
    List<Outbox.Row> events = new ArrayList<>();
    Map<UUID, Long> lastSeqs = new LinkedHashMap<>();
    Map<SenderKey, Long> sentCounts = new HashMap<>();
    for (int i = 0; i < drafts.size(); i++) {
      MessageDraft draft = drafts.get(i);
      Item item = draft.item();
      Locked conversation = beginning.locked().get(item.conversationId());
      SenderKey senderKey = new SenderKey(item.conversationId(), item.senderId());
      Sender sender = beginning.senders().get(senderKey);
      MessageKey key =
          new MessageKey(item.conversationId(), item.senderId(), item.clientMessageId());
      Stored before = stored.get(key);
      if (conversation == null || conversation.deleted()) {
        outcomes.add(noConversation());
      } else if (sender == null || !sender.present()) {
        outcomes.add(notParticipant());
      } else if (before != null) {
        outcomes.add(
            Arrays.equals(before.fingerprint(), draft.fingerprint())
                ? Outcome.stored(before.message(), false)
                : Outcome.refused(
                    Problem.CONFLICT.code(),
                    "client_message_id",
                    "was used for another message already"));
      } else {
        long seq =
            lastSeqs.merge(item.conversationId(), conversation.lastSeq() + 1, (a, _) -> a + 1);
        long senderSeq = sentCounts.merge(senderKey, sender.sentCount() + 1, (a, _) -> a + 1);
        MessageView message = message(draft, sender, seq, now);
        fresh.add(new Fresh(message, senderSeq, draft.fingerprint()));
        stored.put(key, new Stored(message, draft.fingerprint()));
        events.add(
            outbox.row(
                tenant,
                new Outbox.Draft(
                    item.conversationId().toString(),
                    seq,
                    new ChatEvent.MessageCreated(
                        message, conversation.membershipVersion(), item.session())),
                spans.get(i).isRecording() ? Tracing.causeOf(spans.get(i)) : item.trace()));
        outcomes.add(Outcome.stored(message, true));
      }
    }
    if (!fresh.isEmpty()
        && statements.insert(connection, tenant, fresh, lastSeqs, outbox.slot(), events)
            < fresh.size()) {
      throw new KeyIsStored();
    }
    return outcomes;
  }

  private static Outcome noConversation() {
    return Outcome.refused(Problem.NOT_FOUND.code(), "No such conversation");
  }

  private static Outcome notParticipant() {
    return Outcome.refused(Problem.FORBIDDEN.code(), "Not a participant of this conversation");
  }

  private static MessageView message(MessageDraft draft, Sender sender, long seq, Instant now) {
    Item item = draft.item();
    return new MessageView(
        TimeOrderedIds.next(),
        item.conversationId(),
        seq,
        item.senderId(),
        sender.name(),
        sender.email(),
        item.content(),
        !draft.files().isEmpty(),
        draft.files(),
        now,
        now,
        item.clientMessageId(),
        MessageStatus.SENT);
  }
}
