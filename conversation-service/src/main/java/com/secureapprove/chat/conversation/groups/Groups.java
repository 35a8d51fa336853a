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
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Changes to groups: participants, roles and title.
///
/// Call the methods outside a transaction. Each runs in its own transaction and holds the row lock
/// of the conversation.
@Singleton
class Groups {

  private record Added(List<String> people, Membership membership) {}

  record Removal(ParticipantView removed, Membership membership) {}

  private final EntityManager database;
  private final Outbox outbox;
  private final MembershipPublisher membershipPublisher;
  private final ConversationViews views;
  private final Caller caller;
  private final GroupConfig config;
  private final Clock clock = Clock.systemUTC();

  Groups(
      EntityManager database,
      Outbox outbox,
      MembershipPublisher membershipPublisher,
      ConversationViews views,
      Caller caller,
      GroupConfig config) {
    this.database = database;
    this.outbox = outbox;
    this.membershipPublisher = membershipPublisher;
    this.views = views;
    this.caller = caller;
    this.config = config;
  }

  /// Adds people to a group. Any participant may do this.
  ///
  /// @return the people who were not participants before
  List<String> add(UUID id, Collection<String> people) {
    Added added =
        change(
            id,
            (group, me) -> {
              List<String> joined = insert(group, people);
              if (!joined.isEmpty()) {
                group.participantCount += joined.size();
                requireCapacity(group.participantCount);
                advanceVersion(group);
                publish(group, new ChatEvent.ParticipantAdded(id, joined, me.userId));
              }
              return new Added(joined, membership(group));
            });
    if (!added.people().isEmpty()) {
      membershipPublisher.publish(added.membership());
    }
    return added.people();
  }

  /// @throws ProblemException 400 if the number of participants exceeds the limit
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

  /// Removes a participant. A participant may leave; owners and admins may remove others, except
  /// the owner.
  ///
  /// @return the removed participant and the new membership. The membership is empty if the last
  ///   participant left; the group is then deleted.
  Removal remove(UUID id, String person) {
    Removal removal =
        change(
            id,
            (group, me) -> {
              Participant leaving = participant(group, person);
              if (!leaving.userId.equals(me.userId)) {
                requireModerator(me);
                if (leaving.role == Role.OWNER) {
                  throw new ProblemException(Problem.FORBIDDEN, "The owner cannot be removed");
                }
              }
              ParticipantView removed = views.participants(id, List.of(person)).getFirst();
              return new Removal(removed, remove(group, leaving, me.userId));
            });
    membershipPublisher.publish(removal.membership());
    return removal;
  }

  private Membership remove(Conversation group, Participant leaving, String by) {
    advanceVersion(group);
    if (group.participantCount == 1) {
      // The deletion event names no person. This event ends the view in the other sessions of the
      // participant.
      publish(group, new ChatEvent.ParticipantRemoved(group.id, leaving.userId, by));
      advanceVersion(group);
      publish(group, new ChatEvent.ConversationDeleted(group.id));
      group.delete();
      return new Membership(group.id, group.version, List.of());
    }
    group.participantCount--;
    leaving.delete();
    if (leaving.role == Role.OWNER) {
      Ownership.promoteSuccessor(group.id, leaving.userId);
    }
    publish(group, new ChatEvent.ParticipantRemoved(group.id, leaving.userId, by));
    return membership(group);
  }

  /// Changes the title. Only owners and admins may do this.
  ///
  /// @param title null to take the title away
  void rename(UUID id, @Nullable String title) {
    change(
        id,
        (group, me) -> {
          requireModerator(me);
          if (!Objects.equals(title, group.title)) {
            group.title = title;
            advanceVersion(group);
            publish(
                group,
                new ChatEvent.ConversationUpdated(
                    id, Objects.requireNonNullElse(title, ""), me.userId));
          }
          return group;
        });
  }

  /// Sets the role of a participant. Only the owner may do this. An owner who makes another
  /// participant the owner becomes an admin.
  void setRole(UUID id, String person, Role role) {
    change(
        id,
        (group, me) -> {
          Participant other = participant(group, person);
          if (me.role != Role.OWNER) {
            throw new ProblemException(Problem.FORBIDDEN, "Only the owner may change roles");
          }
          if (other.userId.equals(me.userId) && role != Role.OWNER) {
            throw ProblemException.invalid(
                "participant_id", "the owner must first make another participant the owner");
          }
          if (other.role != role) {
            other.role = role;
            if (role == Role.OWNER) {
              me.role = Role.ADMIN;
            }
            advanceVersion(group);
            publish(group, new ChatEvent.ConversationUpdated(id, group.title, me.userId));
          }
          return group;
        });
  }

  /// Runs the change in one transaction, under the row lock of the group, after checking that the
  /// caller is a participant.
  private <T> T change(UUID id, BiFunction<Conversation, Participant, T> change) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          Conversation group = Conversation.requireLocked(id);
          Participant me = Participant.require(id, caller.user().userId());
          if (!group.isGroup) {
            throw new ProblemException(Problem.INVALID, "The conversation is not a group");
          }
          return change.apply(group, me);
        });
  }

  private static Participant participant(Conversation group, String person) {
    return Participant.of(group.id, person)
        .orElseThrow(() ->
            new ProblemException(
                Problem.NOT_FOUND, "The person is not a participant of this conversation"));
  }

  private static Membership membership(Conversation group) {
    return new Membership(group.id, group.version, Participant.idsOf(group.id));
  }

  private static void requireModerator(Participant me) {
    if (!me.role.mayModerate()) {
      throw new ProblemException(Problem.FORBIDDEN, "Only owners and admins may do this");
    }
  }

  private void advanceVersion(Conversation group) {
    group.version++;
    group.updatedAt = now();
  }

  private void publish(Conversation group, ChatEvent event) {
    outbox.append(group.id.toString(), group.version, event);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
