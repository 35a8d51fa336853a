package com.secureapprove.chat.importdjango;

import com.secureapprove.chat.importdjango.old.OldConversation;
import com.secureapprove.chat.importdjango.old.OldConversation.OldParticipant;
import com.secureapprove.chat.importdjango.old.OldDatabase;
import com.secureapprove.chat.importdjango.old.OldPosition;
import com.secureapprove.chat.importdjango.report.Counter;
import com.secureapprove.chat.importdjango.report.FindingKind;
import com.secureapprove.chat.importdjango.report.ImportReport;
import com.secureapprove.chat.importdjango.tables.DirectoryPerson;
import com.secureapprove.chat.importdjango.tables.MessageTables;
import com.secureapprove.chat.importdjango.tables.NewConversation;
import com.secureapprove.chat.importdjango.tables.NewConversation.NewParticipant;
import com.secureapprove.chat.importdjango.tables.NewPosition;
import com.secureapprove.chat.importdjango.tables.PositionTables;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ends the import of a page of conversations: positions, then the conversations themselves.
final class ConversationEnds {
  private final OldDatabase old;
  private final Target target;
  private final UserMapping people;
  private final boolean dryRun;
  private final ImportReport report;

  ConversationEnds(
      OldDatabase old, Target target, UserMapping people, boolean dryRun, ImportReport report) {
    this.old = old;
    this.target = target;
    this.people = people;
    this.dryRun = dryRun;
    this.report = report;
  }

  /// @param states as they were before this run
  /// @param lastMessages the time of the last old message of each conversation that has any
  /// @param senders names of some senders of each conversation
  void complete(
      List<OldConversation> page,
      Map<UUID, MessageTables.State> states,
      Map<UUID, Instant> lastMessages,
      Map<UUID, Set<String>> senders)
      throws SQLException {
    List<UUID> ids = page.stream().map(OldConversation::id).toList();
    Map<UUID, Set<String>> stored = target.conversations().participants(ids);
    Map<UUID, Integer> members = new HashMap<>();
    for (OldConversation conversation : page) {
      if (!isFinished(states, conversation.id())) {
        members.put(conversation.id(), conversation.participants().size());
      }
      listChanges(conversation, stored.get(conversation.id()));
    }
    if (!dryRun) {
      List<NewPosition> positions = positions(page, states, stored);
      for (PositionTables.Contradiction found : target.positions().write(positions, members, ids)) {
        report.list(
            FindingKind.UNREAD_DIFFERS,
            "conversation",
            found.conversationId(),
            "person",
            found.userId(),
            "before",
            found.before(),
            "after",
            found.after());
      }
    }
    Map<UUID, MessageTables.State> now = dryRun ? states : target.messages().states(ids);
    List<NewConversation> fresh = new ArrayList<>();
    for (OldConversation conversation : page) {
      MessageTables.State state = now.get(conversation.id());
      long lastSeq = state == null ? 0 : state.lastSeq();
      Instant last = lastMessages.get(conversation.id());
      if (!stored.containsKey(conversation.id())) {
        fresh.add(
            conversation(
                conversation, lastSeq, last, senders.getOrDefault(conversation.id(), Set.of())));
      } else if (!dryRun && last != null) {
        target.conversations().advance(conversation.id(), lastSeq, last);
      }
    }
    report.count(Counter.CONVERSATIONS_NEW, fresh.size());
    if (!dryRun) {
      target
          .conversations()
          .insert(fresh)
          .forEach(id -> report.list(FindingKind.CONVERSATION_SECOND, "conversation", id));
    }
  }

  private static boolean isFinished(Map<UUID, MessageTables.State> states, UUID id) {
    MessageTables.State state = states.get(id);
    return state != null && state.finished();
  }

  /// The membership of a conversation that is in use here is not changed any more.
  private void listChanges(OldConversation conversation, @Nullable Set<String> stored) {
    if (stored == null) {
      return;
    }
    Set<String> present = new HashSet<>();
    conversation.participants().forEach(p -> present.add(people.of(p.userId()).id()));
    if (!present.equals(stored)) {
      Set<String> onlyOld = new HashSet<>(present);
      onlyOld.removeAll(stored);
      Set<String> onlyHere = new HashSet<>(stored);
      onlyHere.removeAll(present);
      report.list(
          FindingKind.MEMBERSHIP_DIFFERS,
          "conversation",
          conversation.id(),
          "only_old",
          onlyOld,
          "only_here",
          onlyHere);
    }
  }

  private List<NewPosition> positions(
      List<OldConversation> page,
      Map<UUID, MessageTables.State> states,
      Map<UUID, Set<String>> stored)
      throws SQLException {
    Map<UUID, Map<Long, OldParticipant>> participants = new HashMap<>();
    for (OldConversation conversation : page) {
      Map<Long, OldParticipant> its = new HashMap<>();
      conversation.participants().forEach(p -> its.put(p.userId(), p));
      participants.put(conversation.id(), its);
    }
    List<NewPosition> positions = new ArrayList<>();
    for (OldPosition position : old.positions().read(page)) {
      UUID conversation = position.conversationId();
      String person = people.of(position.userId()).id();
      OldParticipant participant =
          participants.getOrDefault(conversation, Map.of()).get(position.userId());
      Set<String> here = stored.get(conversation);
      boolean isNotHere =
          here != null && isFinished(states, conversation) && !here.contains(person);
      if (participant != null && isNotHere) {
        continue; // listed as a changed membership
      }
      OldPosition.Mark read = position.read();
      OldPosition.Mark delivered = position.delivered();
      positions.add(
          new NewPosition(
              conversation,
              person,
              participant != null,
              participant == null ? 0 : participant.unread(),
              read == null ? null : read.messageId(),
              read == null ? null : read.at(),
              delivered == null ? null : delivered.messageId(),
              delivered == null ? null : delivered.at()));
    }
    return positions;
  }

  private NewConversation conversation(
      OldConversation conversation, long lastSeq, @Nullable Instant last, Set<String> senders) {
    UUID id = conversation.id();
    List<OldParticipant> participants = conversation.participants();
    List<DirectoryPerson> persons = participants.stream().map(p -> people.of(p.userId())).toList();
    String title = TextRules.title(conversation.title());
    if (conversation.title() != null
        && !conversation.title().isBlank()
        && !conversation.title().strip().equals(title)) {
      report.list(FindingKind.TITLE_CHANGED, "conversation", id, "title", conversation.title());
    }
    String pairKey = null;
    if (!conversation.isGroup() && participants.size() > 2) {
      report.list(FindingKind.CONVERSATION_NOW_GROUP, "conversation", id);
    } else if (!conversation.isGroup() && participants.size() == 1) {
      report.list(FindingKind.CONVERSATION_ALONE, "conversation", id);
      pairKey = TextRules.uniqueKey(persons.getFirst().id(), id);
      title = title == null ? TextRules.title(namesOfOthers(persons.getFirst(), senders)) : title;
    } else if (!conversation.isGroup()) {
      pairKey = TextRules.pairKey(persons.get(0).id(), persons.get(1).id());
      if (conversation.secondOfPair()) {
        report.list(FindingKind.CONVERSATION_SECOND, "conversation", id);
        pairKey = TextRules.uniqueKey(pairKey, id);
      }
    }
    int owner = pairKey == null ? owner(persons) : -1;
    List<NewParticipant> joined = new ArrayList<>();
    for (int i = 0; i < participants.size(); i++) {
      OldParticipant participant = participants.get(i);
      joined.add(
          new NewParticipant(
              persons.get(i).id(),
              i == owner,
              participant.joinedAt(),
              participant.archived(),
              participant.muted()));
    }
    return new NewConversation(
        id,
        title,
        pairKey,
        conversation.createdAt(),
        conversation.updatedAt(),
        lastSeq,
        last == null ? conversation.updatedAt() : last,
        joined);
  }

  private static String namesOfOthers(DirectoryPerson self, Set<String> senders) {
    return String.join(", ", senders.stream().filter(name -> !name.equals(self.name())).toList());
  }

  /// The old chat has no roles. The first active person who joined owns the group, as when an owner
  /// leaves here.
  private static int owner(List<DirectoryPerson> persons) {
    for (int i = 0; i < persons.size(); i++) {
      if (persons.get(i).active()) {
        return i;
      }
    }
    return 0;
  }
}
