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

/// A participant of a conversation, with their archive and mute settings.
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

  /// The primary key within a tenant.
  public record Key(UUID conversationId, String userId) implements Serializable {}

  public static Optional<Participant> of(UUID conversationId, String userId) {
    return find("conversationId = ?1 and userId = ?2", conversationId, userId)
        .firstResultOptional();
  }

  /// Loads the row of a participant. Needs a transaction.
  ///
  /// @throws ProblemException 403 if the person is not a participant, 404 if the tenant has no such
  ///   conversation
  public static Participant require(UUID conversationId, String userId) {
    return of(conversationId, userId)
        .orElseThrow(() ->
            Conversation.findById(conversationId) == null
                ? new ProblemException(Problem.NOT_FOUND, "unknown conversation")
                : new ProblemException(
                    Problem.FORBIDDEN, "You are not a participant of this conversation"));
  }

  /// Whether the conversation is archived for this participant ([ArchiveRule]).
  ///
  /// @param lastSeq the highest known `seq` of the conversation
  public boolean isArchivedAt(long lastSeq) {
    return ArchiveRule.isArchived(archivedAtSeq, muted, lastSeq);
  }

  /// Returns the user ids of all participants, in order.
  public static List<String> idsOf(UUID conversationId) {
    return find(
            "select p.userId from Participant p where p.conversationId = ?1 order by p.userId",
            conversationId)
        .project(String.class)
        .list();
  }
}
