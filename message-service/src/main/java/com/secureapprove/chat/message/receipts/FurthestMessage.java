package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Finds the furthest of several messages that a client reported. Only `seq` is their order.
@Singleton
class FurthestMessage {
  private static final int MAX_IDS = 200;

  private final Session entities;
  private final Caller caller;

  FurthestMessage(Session entities, Caller caller) {
    this.entities = entities;
    this.caller = caller;
  }

  /// The message of the conversation with the highest `seq`; the first id if the conversation has
  /// none of them.
  ///
  /// The lateral query keeps each look-up on the primary key.
  ///
  /// @throws ProblemException 400 unless 1 to 200 ids are given
  @Transactional
  UUID of(UUID conversationId, @Nullable List<UUID> ids) {
    if (ids == null || ids.isEmpty() || ids.size() > MAX_IDS || ids.contains(null)) {
      throw ProblemException.invalid("furthest_of", "must be 1 to %d ids".formatted(MAX_IDS));
    }
    return entities
        .createNativeQuery(
            """
            select m.id from unnest(:ids) k(id)
            cross join lateral (
              select id, seq from message
              where tenant = :tenant and id = k.id and conversation_id = :conversation
              limit 1) m
            order by m.seq desc limit 1
            """,
            UUID.class)
        .setParameter("ids", ids.toArray(UUID[]::new), UUID[].class)
        .setParameter("tenant", caller.tenant())
        .setParameter("conversation", conversationId)
        .getResultStream()
        .findFirst()
        .orElse(ids.getFirst());
  }
}
