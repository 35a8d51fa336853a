package com.secureapprove.chat.conversation.groups;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.conversation.membership.Conversation;
import com.secureapprove.chat.conversation.membership.Participant;
import com.secureapprove.chat.conversation.membership.Role;
import com.secureapprove.chat.serviceplatform.outbox.Outbox;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Ensures that the owner of a group is an active person, as long as the group has one.
@Singleton
public class Ownership {
  private final Outbox outbox;
  private final Clock clock = Clock.systemUTC();

  Ownership(Outbox outbox) {
    this.outbox = outbox;
  }

  /// Transfers the ownership of the groups of a person who became inactive. Needs a transaction.
  public void transferFrom(String person) {
    List<UUID> owned =
        Participant.find(
                """
                select p.conversationId from Participant p
                where p.userId = ?1 and p.role = ?2 order by p.conversationId
                """,
                person,
                Role.OWNER)
            .project(UUID.class)
            .list();
    for (UUID id : owned) {
      Conversation.locked(id).ifPresent(group -> transferFrom(group, person));
    }
  }

  private void transferFrom(Conversation group, String person) {
    Optional<Participant> owner =
        Participant.of(group.id, person).filter(p -> p.role == Role.OWNER);
    if (owner.isEmpty() || promoteSuccessor(group.id, person).isEmpty()) {
      return; // ownership has changed already, or there is no other participant
    }
    owner.get().role = Role.MEMBER;
    group.version++;
    group.updatedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    outbox.append(
        group.id.toString(),
        group.version,
        new ChatEvent.ConversationUpdated(group.id, group.title, person));
  }

  /// Makes another participant the owner and returns that participant. Prefers active people, then
  /// admins, then the earliest `joinedAt`.
  static Optional<Participant> promoteSuccessor(UUID group, String owner) {
    Optional<Participant> successor =
        Participant.<Participant>find(
                """
                select p from Participant p left join PersonCopy u on u.id = p.userId
                where p.conversationId = ?1 and p.userId <> ?2
                order by case when u.active = false then 1 else 0 end,
                  case when p.role = ?3 then 0 else 1 end, p.joinedAt, p.userId
                """,
                group,
                owner,
                Role.ADMIN)
            .firstResultOptional();
    successor.ifPresent(p -> p.role = Role.OWNER);
    return successor;
  }
}
