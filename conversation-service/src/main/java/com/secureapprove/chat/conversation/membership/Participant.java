package com.secureapprove.chat.conversation.membership;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/// Somebody in a conversation, and how they have arranged it for themselves.
@Entity
@Table(name = "participant")
@IdClass(Participant.Key.class)
public class Participant extends PanacheEntityBase {
  @TenantId public String tenant;
  @Id public UUID conversationId;
  @Id public String userId;

  @Enumerated(EnumType.STRING)
  public Role role;

  public Instant joinedAt;
  public @Nullable Long archivedAtSeq;
  public boolean muted;

  /// The key within a tenant.
  public record Key(UUID conversationId, String userId) implements Serializable {}

  public static Optional<Participant> of(UUID conversationId, String userId) {
    return find("conversationId = ?1 and userId = ?2", conversationId, userId)
        .firstResultOptional();
  }

  /// The row of somebody who must be in it. Needs a transaction.
  ///
  /// @throws ProblemException 403 where they are not, 404 where the tenant has no such conversation
  public static Participant require(UUID conversationId, String userId) {
    return of(conversationId, userId)
        .orElseThrow(() ->
            Conversation.findById(conversationId) == null
                ? new ProblemException(Problem.NOT_FOUND, "There is no such conversation")
                : new ProblemException(Problem.FORBIDDEN, "You are not in this conversation"));
  }

  /// Whether it is put away, where the conversation has come so far: the next message brings it
  /// back, unless it is muted as well.
  public boolean isArchivedAt(long lastSeq) {
    Long at = archivedAtSeq;
    return at != null && (muted || at >= lastSeq);
  }

  /// The ids of everybody who is in it.
  public static List<String> idsOf(UUID conversationId) {
    return find(
            "select p.userId from Participant p where p.conversationId = ?1 order by p.userId",
            conversationId)
        .project(String.class)
        .list();
  }
}
