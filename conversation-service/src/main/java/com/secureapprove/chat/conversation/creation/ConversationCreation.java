package com.secureapprove.chat.conversation.creation;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.conversation.membership.Conversation;
import com.secureapprove.chat.conversation.membership.MembershipPublisher;
import com.secureapprove.chat.conversation.membership.Role;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.serviceplatform.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Creates conversations, and publishes each after its commit.
@Singleton
public class ConversationCreation {

  /// @param created false if the conversation existed already
  public record Creation(UUID id, boolean created) {}

  private final EntityManager database;
  private final Outbox outbox;
  private final MembershipPublisher membershipPublisher;
  private final Caller caller;
  private final Clock clock = Clock.systemUTC();

  ConversationCreation(
      EntityManager database,
      Outbox outbox,
      MembershipPublisher membershipPublisher,
      Caller caller) {
    this.database = database;
    this.outbox = outbox;
    this.membershipPublisher = membershipPublisher;
    this.caller = caller;
  }

  /// Returns the direct conversation between the caller and the other person, if it exists.
  public Optional<Creation> existingPair(String other) {
    // PostgreSQL rejects NUL in text, so no person has an id with NUL.
    return other.indexOf('\0') < 0
        ? idOfPair(Conversation.pairKey(caller.user().userId(), other))
            .map(id -> new Creation(id, false))
        : Optional.empty();
  }

  /// Creates the direct conversation between the caller and the other person. Of two concurrent
  /// calls one inserts it; the other waits for the unique index and returns the same conversation.
  public Creation newPair(String other) {
    String me = caller.user().userId();
    String key = Conversation.pairKey(me, other);
    return begin(null, key, List.of(me, other))
        .map(id -> new Creation(id, true))
        .orElseGet(() -> new Creation(idOfPair(key).orElseThrow(), false));
  }

  /// Creates a group of the caller, who becomes its owner, and the given people.
  public UUID group(@Nullable String title, List<String> others) {
    List<String> people =
        Stream.concat(Stream.of(caller.user().userId()), others.stream()).distinct().toList();
    return begin(title, null, people).orElseThrow();
  }

  private static Optional<UUID> idOfPair(String key) {
    return QuarkusTransaction.requiringNew()
        .call(() -> Conversation.<Conversation>find("pairKey", key).firstResultOptional())
        .map(conversation -> conversation.id);
  }

  /// Creates a conversation; empty if the pair already has one.
  private Optional<UUID> begin(@Nullable String title, @Nullable String key, List<String> people) {
    UUID id = TimeOrderedIds.next();
    boolean made = QuarkusTransaction.requiringNew().call(() -> insert(id, title, key, people));
    if (made) {
      membershipPublisher.publish(new Membership(id, 1, people));
    }
    return made ? Optional.of(id) : Optional.empty();
  }

  private boolean insert(
      UUID id, @Nullable String title, @Nullable String key, List<String> people) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    int made =
        database
            .createNativeQuery(
                """
                insert into conversation (tenant, id, is_group, title, pair_key,
                  participant_count, version, created_at, updated_at, last_activity_at)
                values (:tenant, :id, :group, cast(:title as text), cast(:key as text), :count, 1,
                  :now, :now, :now)
                on conflict (tenant, pair_key) do nothing
                """)
            .setParameter("tenant", caller.tenant())
            .setParameter("id", id)
            .setParameter("group", key == null)
            .setParameter("title", title)
            .setParameter("key", key)
            .setParameter("count", people.size())
            .setParameter("now", now)
            .executeUpdate();
    if (made == 0) {
      return false;
    }
    String me = caller.user().userId();
    database
        .createNativeQuery(
            """
            insert into participant (tenant, conversation_id, user_id, role, joined_at)
            select :tenant, :id, u, case when u = :owner then :first else :other end, :now
            from unnest(:people) as u
            """)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", id)
        .setParameter("owner", me)
        .setParameter("first", (key == null ? Role.OWNER : Role.MEMBER).name())
        .setParameter("other", Role.MEMBER.name())
        .setParameter("now", now)
        .setParameter("people", people.toArray(String[]::new))
        .executeUpdate();
    outbox.append(id.toString(), 1, new ChatEvent.ConversationCreated(id, key == null, me, people));
    return true;
  }
}
