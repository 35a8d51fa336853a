package com.secureapprove.chat.importdjango;

import com.secureapprove.chat.attachment.files.Attachment;
import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.contracts.MessageLimits;
import com.secureapprove.chat.importdjango.files.FileImport;
import com.secureapprove.chat.importdjango.old.OldConversation;
import com.secureapprove.chat.importdjango.old.OldDatabase;
import com.secureapprove.chat.importdjango.old.OldMessage;
import com.secureapprove.chat.importdjango.old.OldMessage.OldAttachment;
import com.secureapprove.chat.importdjango.report.Counter;
import com.secureapprove.chat.importdjango.report.FindingKind;
import com.secureapprove.chat.importdjango.report.ImportReport;
import com.secureapprove.chat.importdjango.tables.MessageTables;
import com.secureapprove.chat.importdjango.tables.NewMessage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// Brings conversations, a page at a time: files and messages in chunks, then what
/// [ConversationEnds] does once all messages of the page are stored.
final class ConversationPages {
  private final OldDatabase old;
  private final Target target;
  private final UserMapping people;
  private final FileImport files;
  private final boolean dryRun;
  private final ImportReport report;
  private final ImportProgress progress;
  private boolean removedAccountEntered;

  ConversationPages(
      OldDatabase old,
      Target target,
      UserMapping people,
      FileImport files,
      boolean dryRun,
      ImportReport report,
      ImportProgress progress) {
    this.old = old;
    this.target = target;
    this.people = people;
    this.files = files;
    this.dryRun = dryRun;
    this.report = report;
    this.progress = progress;
  }

  void bring(List<OldConversation> page) throws SQLException {
    Map<UUID, MessageTables.State> states =
        target.messages().states(page.stream().map(OldConversation::id).toList());
    List<OldConversation> wanted = page.stream().filter(c -> isWanted(c, states)).toList();
    if (!dryRun) {
      target.messages().enter(wanted.stream().map(OldConversation::id).toList());
    }
    Map<UUID, Instant> lastMessages = new HashMap<>();
    Map<UUID, Set<String>> senders = new HashMap<>();
    old.messages()
        .read(
            wanted,
            chunk -> {
              chunk.forEach(message -> {
                lastMessages.put(message.conversationId(), message.createdAt());
                note(senders, message);
              });
              bringMessages(chunk);
              report.count(Counter.MESSAGES, chunk.size());
              progress.print();
            });
    new ConversationEnds(old, target, people, dryRun, report)
        .complete(wanted, states, lastMessages, senders);
    report.count(Counter.CONVERSATIONS, page.size());
    progress.print();
  }

  private boolean isWanted(OldConversation conversation, Map<UUID, MessageTables.State> states) {
    MessageTables.State state = states.get(conversation.id());
    boolean isDeleted = state != null && state.deleted();
    boolean isEmpty = conversation.participants().isEmpty();
    if (isDeleted || isEmpty) {
      report.list(
          isDeleted ? FindingKind.CONVERSATION_DELETED : FindingKind.CONVERSATION_NOT_VISIBLE,
          "conversation",
          conversation.id(),
          "title",
          String.valueOf(conversation.title()));
    }
    return !isDeleted && !isEmpty;
  }

  /// Notes a few senders, for the title of a 1-to-1 in which one person is left.
  private void note(Map<UUID, Set<String>> senders, OldMessage message) {
    Set<String> some =
        senders.computeIfAbsent(message.conversationId(), _ -> new LinkedHashSet<>());
    if (some.size() < 3) {
      some.add(people.of(message.senderId()).name());
    }
  }

  private void bringMessages(List<OldMessage> chunk) throws SQLException {
    if (!removedAccountEntered
        && !dryRun
        && chunk.stream().anyMatch(message -> message.senderId() == null)) {
      Import.enterRemovedAccount(target, people);
      removedAccountEntered = true;
    }
    Map<UUID, UUID> stored = target.messages().stored(chunk.stream().map(OldMessage::id).toList());
    Map<UUID, List<OldAttachment>> attachments = old.messages().attachments(chunk);
    Map<UUID, Attachment> knownFiles =
        target
            .attachments()
            .stored(
                attachments.values().stream()
                    .flatMap(List::stream)
                    .map(OldAttachment::id)
                    .toList());
    List<NewMessage> fresh = new ArrayList<>();
    List<NewMessage> again = new ArrayList<>();
    for (OldMessage message : chunk) {
      UUID conversation = stored.get(message.id());
      if (conversation != null && !conversation.equals(message.conversationId())) {
        report.list(
            FindingKind.MESSAGE_TAKEN,
            "message",
            message.id(),
            "conversation",
            message.conversationId());
        continue;
      }
      List<OldAttachment> its = attachments.getOrDefault(message.id(), List.of());
      NewMessage made = message(message, its, knownFiles);
      if (conversation == null) {
        fresh.add(made);
      } else if (!its.isEmpty()) {
        again.add(made);
      }
    }
    report.count(Counter.MESSAGES_NEW, fresh.size());
    if (!dryRun) {
      target.attachments().insert(files.takeCopied(), Import.now());
      if (!fresh.isEmpty()) {
        target.messages().insert(fresh);
      }
      if (!again.isEmpty()) {
        target.messages().updateAttachments(again);
      }
    }
  }

  private NewMessage message(
      OldMessage message, List<OldAttachment> attachments, Map<UUID, Attachment> knownFiles) {
    String sender = people.of(message.senderId()).id();
    FileImport.Owner owner =
        new FileImport.Owner(
            target.tenant(), message.conversationId(), sender, message.id().toString());
    List<AttachmentView> views = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (OldAttachment attachment : attachments) {
      Attachment known = knownFiles.get(attachment.id());
      if (known != null) {
        views.add(files.known(known));
      } else {
        files
            .bring(attachment, owner)
            .ifPresentOrElse(views::add, () -> leftOut.add(attachment.filename()));
        progress.print();
      }
    }
    if (message.hasAttachments() && attachments.isEmpty()) {
      report.list(FindingKind.MESSAGE_WITHOUT_FILES, "message", message.id());
    }
    return new NewMessage(
        message.id(),
        message.conversationId(),
        sender,
        content(message, views, leftOut),
        views,
        message.createdAt(),
        message.updatedAt());
  }

  /// The content. A message that only had files which are left out names them, so that it is not
  /// empty.
  private String content(OldMessage message, List<AttachmentView> views, List<String> leftOut) {
    String content = TextRules.content(message.content());
    if (!Objects.equals(content, message.content())) {
      report.list(FindingKind.MESSAGE_CHARACTERS, "message", message.id());
    }
    int characters = content.codePointCount(0, content.length());
    if (characters > MessageLimits.CONTENT_CHARACTERS) {
      report.list(FindingKind.MESSAGE_TOO_LONG, "message", message.id(), "characters", characters);
    }
    return content.isBlank() && views.isEmpty() && !leftOut.isEmpty()
        ? TextRules.content("[%s]".formatted(String.join(", ", leftOut)))
        : content;
  }
}
