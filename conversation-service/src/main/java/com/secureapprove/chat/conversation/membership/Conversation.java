package com.secureapprove.chat.conversation.membership;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/// A conversation. A transaction that changes it or its participants must hold its row lock.
@Entity
@Table(name = "conversation")
public class Conversation extends PanacheEntityBase {
  @Id public UUID id;
  @TenantId public String tenant;
  public boolean isGroup;
  public @Nullable String title;

  /// Key of the two people of a direct conversation; null for a group.
  public @Nullable String pairKey;

  public int participantCount;

  /// Increments with every change that is published.
  public long version;

  public Instant createdAt;
  public Instant updatedAt;

  /// The highest `seq` received from message-service.
  public long lastSeq;

  public Instant lastActivityAt;

  /// Returns the key of a pair. The order of the arguments does not matter.
  public static String pairKey(String one, String other) {
    return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
  }

  /// Loads the row and locks it for update. Needs a transaction.
  ///
  /// @throws ProblemException 404 if the tenant has no such conversation
  public static Conversation requireLocked(UUID id) {
    return locked(id)
        .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "unknown conversation"));
  }

  /// Loads the row and locks it for update; empty if it does not exist. Needs a transaction.
  public static Optional<Conversation> locked(UUID id) {
    return Optional.ofNullable(findById(id, LockModeType.PESSIMISTIC_WRITE));
  }
}
