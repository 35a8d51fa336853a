package com.secureapprove.chat.conversation.groups;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.conversation.listing.ConversationView.ParticipantView;
import com.secureapprove.chat.conversation.listing.ConversationViews;
import com.secureapprove.chat.conversation.membership.Conversation;
import com.secureapprove.chat.conversation.membership.MembershipPublisher;
import com.secureapprove.chat.conversation.membership.Participant;
import com.secureapprove.chat.conversation.membership.Role;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/// What people do to groups. Call it outside a transaction.
@Singleton
class Groups {

  private record Added(List<String> people, Membership now) {}

  record Removal(ParticipantView gone, Membership now) {}

  private final EntityManager database;
  private final Outbox outbox;
  private final MembershipPublisher news;
  private final ConversationViews views;
  private final Caller caller;
  private final GroupConfig config;
  private final Clock clock = Clock.systemUTC();

  Groups(
      EntityManager database,
      Outbox outbox,
      MembershipPublisher news,
      ConversationViews views,
      Caller caller,
      GroupConfig config) {
    this.database = database;
    this.outbox = outbox;
    this.news = news;
    this.views = views;
    this.caller = caller;
    this.config = config;
  }

  /// Lets these people in. Any participant may.
  ///
  /// @return those who were not in it before
  List<String> add(UUID id, Collection<String> people) {
    Added added =
        change(
            id,
            (group, me) -> {
              List<String> joined = insert(group, people);
              if (!joined.isEmpty()) {
                group.participantCount += joined.size();
                requireCapacity(group.participantCount);
                touch(group);
                tell(group, new ChatEvent.ParticipantAdded(id, joined, me.userId));
              }
              return new Added(joined, membership(group));
            });
    if (!added.people().isEmpty()) {
      news.tell(added.now());
    }
    return added.people();
  }

  /// @throws ProblemException 400 where a group of so many is not allowed
  void requireCapacity(int participants) {
    if (participants > config.maxParticipants()) {
      throw ProblemException.invalid(
          "participant_ids", "a group has at most " + config.maxParticipants() + " participants");
    }
  }

  private List<String> insert(Conversation group, Collection<String> people) {
    return database
        .createNativeQuery(
            """
            insert into participant (tenant, conversation_id, user_id, role, joined_at)
            select :tenant, :id, u, :role, :now from unnest(:people) as u
            on conflict (tenant, conversation_id, user_id) do nothing
            returning user_id
            """)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", group.id)
        .setParameter("role", Role.MEMBER.name())
        .setParameter("now", now())
        .setParameter("people", people.toArray(String[]::new))
        .getResultList()
        .stream()
        .map(String.class::cast)
        .toList();
  }

  /// Takes somebody out: anybody themselves, owners and admins others, nobody the owner.
  ///
  /// @return who went, and who is in it now: nobody where that was the last one, and the group is
  ///   deleted
  Removal remove(UUID id, String person) {
    Removal removal =
        change(
            id,
            (group, me) -> {
              Participant leaving = participant(group, person);
              if (!leaving.userId.equals(me.userId)) {
                requireModerator(me);
                if (leaving.role == Role.OWNER) {
                  throw new ProblemException(Problem.FORBIDDEN, "Nobody removes the owner");
                }
              }
              ParticipantView gone = views.participants(id, List.of(person)).getFirst();
              return new Removal(gone, remove(group, leaving, me.userId));
            });
    news.tell(removal.now());
    return removal;
  }

  private Membership remove(Conversation group, Participant leaving, String by) {
    touch(group);
    if (group.participantCount == 1) {
      // the deletion names nobody, but their other sessions have to hear that they are out
      tell(group, new ChatEvent.ParticipantRemoved(group.id, leaving.userId, by));
      touch(group);
      tell(group, new ChatEvent.ConversationDeleted(group.id));
      group.delete();
      return new Membership(group.id, group.version, List.of());
    }
    group.participantCount--;
    leaving.delete();
    if (leaving.role == Role.OWNER) {
      Ownership.promoteSuccessor(group.id, leaving.userId);
    }
    tell(group, new ChatEvent.ParticipantRemoved(group.id, leaving.userId, by));
    return membership(group);
  }

  /// Calls it something else; only owners and admins do.
  void rename(UUID id, String title) {
    change(
        id,
        (group, me) -> {
          requireModerator(me);
          if (!title.equals(group.title)) {
            group.title = title;
            touch(group);
            tell(group, new ChatEvent.ConversationUpdated(id, title, me.userId));
          }
          return group;
        });
  }

  /// Makes somebody an owner, admin or member; only the owner does, who becomes an admin where
  /// another becomes the owner.
  void setRole(UUID id, String person, Role role) {
    change(
        id,
        (group, me) -> {
          Participant other = participant(group, person);
          if (me.role != Role.OWNER) {
            throw new ProblemException(Problem.FORBIDDEN, "Only the owner changes roles");
          }
          if (other.userId.equals(me.userId) && role != Role.OWNER) {
            throw ProblemException.invalid(
                "participant_id", "hand the group over to another first");
          }
          if (other.role != role) {
            other.role = role;
            if (role == Role.OWNER) {
              me.role = Role.ADMIN;
            }
            touch(group);
            tell(group, new ChatEvent.ConversationUpdated(id, group.title, me.userId));
          }
          return group;
        });
  }

  /// Does something in one transaction, with the group's lock, as one of its participants.
  private <T> T change(UUID id, BiFunction<Conversation, Participant, T> change) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          Conversation group = Conversation.requireLocked(id);
          Participant me = Participant.require(id, caller.user().userId());
          if (!group.isGroup) {
            throw new ProblemException(Problem.INVALID, "This is not a group");
          }
          return change.apply(group, me);
        });
  }

  private static Participant participant(Conversation group, String person) {
    return Participant.of(group.id, person)
        .orElseThrow(
            () -> new ProblemException(Problem.NOT_FOUND, "They are not in this conversation"));
  }

  private static Membership membership(Conversation group) {
    return new Membership(group.id, group.version, Participant.idsOf(group.id));
  }

  private static void requireModerator(Participant me) {
    if (!me.role.mayModerate()) {
      throw new ProblemException(Problem.FORBIDDEN, "Only owners and admins do this");
    }
  }

  private void touch(Conversation group) {
    group.version++;
    group.updatedAt = now();
  }

  private void tell(Conversation group, ChatEvent event) {
    outbox.append(group.id.toString(), group.version, event);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
