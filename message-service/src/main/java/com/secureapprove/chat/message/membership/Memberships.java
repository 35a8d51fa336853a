package com.secureapprove.chat.message.membership;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.identity.InternalTokens;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.http.HttpClosedException;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// The membership rows, kept as the owner says.
@Singleton
// Caffeine makes this class's name from the cache's settings. Quarkus registers the most common.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.PSAMS")
public class Memberships {
  private record Key(String tenant, UUID conversationId) {}

  private final EntityManager entities;
  private final ConversationOwner owner;
  private final InternalTokens tokens;
  private final Caller caller;

  private final Cache<Key, SingleFlight> questions =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofMinutes(1)).build();

  Memberships(
      EntityManager entities,
      @RestClient ConversationOwner owner,
      InternalTokens tokens,
      Caller caller) {
    this.entities = entities;
    this.owner = owner;
    this.tokens = tokens;
    this.caller = caller;
  }

  /// Makes the rows what the owner says they were at that version; does nothing where the same or a
  /// later version is here. Those who are new start at the present end, and so do those who come
  /// back; those who are gone keep their positions and see nothing from here on.
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
            set joined_seq = excluded.joined_seq, left_seq = null, base_sent_count = p.sent_count
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

  /// The content of a deleted conversation goes; the row stays, so that a late event cannot bring
  /// it back.
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

  /// Whether this version, or a later one, has been applied already.
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

  /// Like [#refresh], where somebody seems not to belong, which may only mean that the news has not
  /// reached us; those who come at the same time share the question. Nobody is refused for what was
  /// so before they came: they may have heard meanwhile that they are in.
  ///
  /// @return whether it may be worth looking again
  public boolean refreshOnMiss(UUID conversationId) {
    return questions
        .get(new Key(caller.tenant(), conversationId), _ -> new SingleFlight())
        .ask(() -> refresh(conversationId));
  }

  /// Does something in a conversation, and does it again where it found no such conversation, or
  /// nobody belonging to it, and the owner knows better. Call it outside a transaction.
  public <T> T lookingAgain(UUID conversationId, Supplier<T> work) {
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

  /// Asks the owner for the present membership and applies it. Call it outside a transaction.
  ///
  /// @return false where the owner knows no such conversation
  /// @throws ProblemException 503 where the owner does not answer
  public boolean refresh(UUID conversationId) {
    String token = "Bearer " + tokens.forPart("conversation", caller.tenant());
    try {
      apply(owner.membership(token, conversationId));
      return true;
    } catch (WebApplicationException e) {
      if (e.getResponse().getStatus() == 404) {
        return false;
      }
      throw unavailable();
    } catch (ProcessingException | HttpClosedException | FaultToleranceException e) {
      throw unavailable();
    }
  }

  private static ProblemException unavailable() {
    return ProblemException.retryAfter(Problem.UNAVAILABLE, "The conversations do not answer", 2);
  }
}
