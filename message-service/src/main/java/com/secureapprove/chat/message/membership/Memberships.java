package com.secureapprove.chat.message.membership;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.calls.ServiceCalls;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// This service's copy of the memberships, by which it authorises sending and reading.
///
/// A change comes by a direct call and again by an event. Each carries the whole membership at a
/// version; only a higher version is applied, so order and repetition do not matter.
@Singleton
// Caffeine makes this class's name from the cache's settings. Quarkus registers the most common.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.PSAMS")
public class Memberships {
  private record Key(String tenant, UUID conversationId) {}

  private final EntityManager entities;
  private final ConversationMembershipClient client;
  private final ServiceCalls calls;
  private final Caller caller;

  private final Cache<Key, SingleFlight> flights =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofMinutes(1)).build();

  Memberships(
      EntityManager entities,
      @RestClient ConversationMembershipClient client,
      ServiceCalls calls,
      Caller caller) {
    this.entities = entities;
    this.client = client;
    this.calls = calls;
    this.caller = caller;
  }

  /// Applies a membership unless the same or a later version is applied already. New and returning
  /// participants start at the newest message. Removed participants keep their positions and see no
  /// later message.
  @Transactional
  public void apply(Membership membership) {
    String tenant = caller.tenant();
    Object[] ids = {
      membership.conversationId(), membership.participantIds().toArray(new String[0])
    };
    entities
        .createNativeQuery(
            "insert into conversation (tenant, id) values (:tenant, :id) on conflict do nothing")
        .setParameter("tenant", tenant)
        .setParameter("id", ids[0])
        .executeUpdate();
    int newer =
        entities
            .createNativeQuery(
                """
                update conversation set membership_version = :version, deleted = :deleted,
                  member_count = :members
                where tenant = :tenant and id = :id and membership_version < :version
                """)
            .setParameter("tenant", tenant)
            .setParameter("id", ids[0])
            .setParameter("version", membership.version())
            .setParameter("deleted", membership.participantIds().isEmpty())
            .setParameter("members", membership.participantIds().size())
            .executeUpdate();
    if (newer == 0) {
      return;
    }
    entities
        .createNativeQuery(
            """
            update participant p set left_seq = c.last_seq
            from conversation c
            where c.tenant = :tenant and c.id = :id and p.tenant = c.tenant
              and p.conversation_id = c.id and p.left_seq is null
              and not p.user_id = any(:users)
            """)
        .setParameter("tenant", tenant)
        .setParameter("id", ids[0])
        .setParameter("users", ids[1])
        .executeUpdate();
    entities
        .createNativeQuery(
            """
            insert into participant as p (tenant, conversation_id, user_id, joined_seq)
            select c.tenant, c.id, u, c.last_seq
            from conversation c, unnest(cast(:users as text[])) u
            where c.tenant = :tenant and c.id = :id
            on conflict (tenant, conversation_id, user_id) do update
            set joined_seq = excluded.joined_seq, left_seq = null,
              base_sent_count =
                sent_count(p.tenant, p.conversation_id, p.user_id, excluded.joined_seq)
            where p.left_seq is not null
            """)
        .setParameter("tenant", tenant)
        .setParameter("id", ids[0])
        .setParameter("users", ids[1])
        .executeUpdate();
    if (membership.participantIds().isEmpty()) {
      purge(tenant, membership.conversationId());
    }
  }

  /// Deletes the content of a deleted conversation. Its row stays as a tombstone, so that a late
  /// event cannot create it again.
  private void purge(String tenant, UUID conversationId) {
    for (String table : List.of("message", "participant", "furthest_position")) {
      entities
          .createNativeQuery(
              "delete from " + table + " where tenant = :tenant and conversation_id = :id")
          .setParameter("tenant", tenant)
          .setParameter("id", conversationId)
          .executeUpdate();
    }
  }

  /// Whether this version or a later one is applied already.
  @Transactional
  public boolean knows(UUID conversationId, long version) {
    return !entities
        .createNativeQuery(
            "select 1 from conversation where tenant = :tenant and id = :id"
                + " and membership_version >= :version")
        .setParameter("tenant", caller.tenant())
        .setParameter("id", conversationId)
        .setParameter("version", version)
        .getResultList()
        .isEmpty();
  }

  /// Refreshes the membership after a caller was not found in it: the change may not have arrived
  /// yet. Concurrent callers share one request, but never one that began before their own call,
  /// because they may have been added since.
  ///
  /// @return whether the check is worth repeating
  public boolean refreshOnMiss(UUID conversationId) {
    return flights
        .get(new Key(caller.tenant(), conversationId), _ -> new SingleFlight())
        .run(() -> refresh(conversationId));
  }

  /// Runs work, and runs it again if it ended with 404 or 403 and a refresh changed the membership.
  /// Must be called outside a transaction.
  public <T> T withRefresh(UUID conversationId, Supplier<T> work) {
    try {
      return work.get();
    } catch (ProblemException e) {
      boolean miss = e.problem() == Problem.NOT_FOUND || e.problem() == Problem.FORBIDDEN;
      if (miss && refreshOnMiss(conversationId)) {
        return work.get();
      }
      throw e;
    }
  }

  /// Gets the present membership from conversation-service and applies it. Must be called outside a
  /// transaction.
  ///
  /// @return false if conversation-service has no such conversation
  /// @throws ProblemException 503 if conversation-service does not answer
  public boolean refresh(UUID conversationId) {
    Optional<Membership> present =
        calls.findAsComponent("conversation", token -> client.membership(token, conversationId));
    present.ifPresent(this::apply);
    return present.isPresent();
  }
}
