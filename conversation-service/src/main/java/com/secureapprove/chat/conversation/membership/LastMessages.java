package com.secureapprove.chat.conversation.membership;

import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.platform.identity.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.hibernate.Session;

/// Keeps a copy of the last message's `seq` and time for each conversation. The list order and the
/// archived state depend on them.
@Singleton
public class LastMessages {
  private final Session entities;
  private final Caller caller;

  LastMessages(Session entities, Caller caller) {
    this.entities = entities;
    this.caller = caller;
  }

  /// Updates the conversations of the given messages with one statement. The highest `seq` wins, so
  /// duplicates and reordered events have no effect. Needs a transaction.
  ///
  /// The statement locks the rows in id order, to avoid deadlocks.
  public void update(List<MessageView> messages) {
    Map<UUID, MessageView> newest = new TreeMap<>();
    messages.forEach(message ->
        newest.merge(
            message.conversation(),
            message,
            BinaryOperator.maxBy((a, b) -> Long.compare(a.seq(), b.seq()))));
    entities
        .createNativeMutationQuery(
            """
            with locked as materialized (
              select id from conversation where tenant = :tenant and id = any(:ids)
              order by id for no key update)
            update conversation c set last_seq = k.seq,
              last_activity_at = greatest(c.last_activity_at, k.created_at)
            from unnest(:ids, :seqs, :times) k(id, seq, created_at)
            join locked l on l.id = k.id
            where c.tenant = :tenant and c.id = k.id and c.last_seq < k.seq
            """)
        .setParameter("tenant", caller.tenant())
        .setParameter("ids", newest.keySet().toArray(UUID[]::new), UUID[].class)
        .setParameter(
            "seqs",
            newest.values().stream().map(MessageView::seq).toArray(Long[]::new),
            Long[].class)
        .setParameter(
            "times",
            newest.values().stream().map(MessageView::createdAt).toArray(Instant[]::new),
            Instant[].class)
        .executeUpdate();
  }
}
