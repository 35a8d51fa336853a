package com.secureapprove.chat.serviceplatform.audit;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.platform.identity.Caller;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Writes one line of the log category `chat.audit` for each committed change of people, accounts,
/// conversations and memberships. A change that is rolled back has no line.
///
/// Messages, positions and personal preferences are not audited: they belong to the people of the
/// conversation, not to its administration.
@Singleton
public class AuditLog {
  /// The log category, for a separate handler.
  public static final String CATEGORY = "chat.audit";

  private static final Logger LOG = Logger.getLogger(CATEGORY);

  private final TransactionSynchronizationRegistry transactions;
  private final Caller caller;

  AuditLog(TransactionSynchronizationRegistry transactions, Caller caller) {
    this.transactions = transactions;
    this.caller = caller;
  }

  /// Records an event of the present transaction, if its type is audited.
  public void record(ChatEvent event) {
    describe(event).ifPresent(fields -> record(event.type().toString(), fields));
  }

  /// Records a change of the present transaction.
  ///
  /// @param action the change, in the past tense
  /// @param fields the people and objects concerned, as `key=value` pairs
  /// @throws IllegalStateException outside a transaction
  public void record(String action, String fields) {
    String line =
        "%s tenant=%s actor=%s %s".formatted(action, caller.tenant(), caller.actor(), fields);
    transactions.registerInterposedSynchronization(new AfterCommit(line));
  }

  private static Optional<String> describe(ChatEvent event) {
    return switch (event) {
      case ChatEvent.ConversationCreated created ->
          Optional.of(
              "conversation=%s group=%b people=%s"
                  .formatted(
                      created.conversationId(),
                      created.isGroup(),
                      String.join(",", created.participantIds())));
      case ChatEvent.ConversationUpdated updated ->
          Optional.of("conversation=%s".formatted(updated.conversationId()));
      case ChatEvent.ConversationDeleted deleted ->
          Optional.of("conversation=%s".formatted(deleted.conversationId()));
      case ChatEvent.ParticipantAdded added ->
          Optional.of(
              "conversation=%s people=%s"
                  .formatted(added.conversationId(), String.join(",", added.userIds())));
      case ChatEvent.ParticipantRemoved removed ->
          Optional.of(
              "conversation=%s people=%s".formatted(removed.conversationId(), removed.userId()));
      case ChatEvent.UserUpserted person ->
          Optional.of("person=%s active=%b".formatted(person.userId(), person.active()));
      case ChatEvent.NotificationPublished notification ->
          Optional.of(
              "name=%s people=%d".formatted(notification.name(), notification.userIds().size()));
      case ChatEvent.ConversationPreferencesChanged _,
          ChatEvent.MessageCreated _,
          ChatEvent.PositionsChanged _ ->
          Optional.empty();
    };
  }

  private record AfterCommit(String line) implements Synchronization {
    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        LOG.info(line);
      }
    }
  }
}
