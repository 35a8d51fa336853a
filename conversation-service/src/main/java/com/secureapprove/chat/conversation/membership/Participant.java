package com.secureapprove.chat.conversation.membership;

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

  /// The ids of everybody who is in it.
  public static List<String> idsOf(UUID conversationId) {
    return find(
            "select p.userId from Participant p where p.conversationId = ?1 order by p.userId",
            conversationId)
        .project(String.class)
        .list();
  }
}
