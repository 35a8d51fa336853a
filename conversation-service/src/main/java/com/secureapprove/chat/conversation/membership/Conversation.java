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

/// A conversation. Whoever changes it or its participants holds its row's lock.
@Entity
@Table(name = "conversation")
public class Conversation extends PanacheEntityBase {
  @Id public UUID id;
  @TenantId public String tenant;
  public boolean isGroup;
  public @Nullable String title;

  /// The two people of a 1-to-1; null in a group.
  public @Nullable String pairKey;

  public int participantCount;

  /// Grows with every change that others are told of.
  public long version;

  public Instant createdAt;
  public Instant updatedAt;

  /// The highest `seq` that message-service has told of.
  public long lastSeq;

  public Instant lastActivityAt;

  /// The same for both, whoever starts.
  public static String pairKey(String one, String other) {
    return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
  }

  /// The row with its lock, of a conversation that must be there. Needs a transaction.
  ///
  /// @throws ProblemException 404 where the tenant has no such conversation
  public static Conversation requireLocked(UUID id) {
    return locked(id)
        .orElseThrow(
            () -> new ProblemException(Problem.NOT_FOUND, "There is no such conversation"));
  }

  /// The row with its lock. Needs a transaction.
  public static Optional<Conversation> locked(UUID id) {
    return Optional.ofNullable(findById(id, LockModeType.PESSIMISTIC_WRITE));
  }
}
