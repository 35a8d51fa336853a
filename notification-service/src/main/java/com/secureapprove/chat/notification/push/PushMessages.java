package com.secureapprove.chat.notification.push;

import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.identity.Caller;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;

/// The messages to announce and their deliveries, of the caller's tenant, in SQL. Every method
/// needs a transaction.
///
/// The row of `tenant_with_push` holds the time of the tenant's next work, so that a replica looks
/// only at tenants with work. It is locked before it is raised: a message that is stored at the
/// same time would otherwise be overlooked. Transactions lock it before rows of other tables, so
/// that they cannot deadlock.
@Singleton
class PushMessages {
  private static final double MILLIS = 1_000.0;

  private final Session entities;
  private final Caller caller;

  PushMessages(Session entities, Caller caller) {
    this.entities = entities;
    this.caller = caller;
  }

  /// Stores a message that is due now.
  ///
  /// @return false if it is stored already
  boolean store(AnnouncedMessage message) {
    dueWithin(Duration.ZERO);
    return sql("""
    insert into push_message (tenant, message_id, conversation_id, seq, sender_id,
      sender_name, excerpt, sent_at)
    values (:tenant, :id, :conversation, :seq, :sender, cast(:name as text),
      cast(:excerpt as text), :sent)
    on conflict (tenant, message_id) do nothing
    """)
            .setParameter("id", message.id())
            .setParameter("conversation", message.conversationId())
            .setParameter("seq", message.seq())
            .setParameter("sender", message.senderId())
            .setParameter("name", message.senderName(), String.class)
            .setParameter("excerpt", message.excerpt(), String.class)
            .setParameter("sent", message.sentAt())
            .executeUpdate()
        == 1;
  }

  /// Stores deliveries that are due now, or after a time if their receiver is online. Ignores those
  /// whose subscription has ended.
  void store(List<PushDelivery> deliveries, Duration ifOnline) {
    if (deliveries.isEmpty()) {
      return;
    }
    dueWithin(Duration.ZERO);
    // The lock makes a concurrent end of the subscription delete this delivery too.
    entities.doWork(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              insert into push_delivery (tenant, id, message_id, subscription_id, user_id,
                conversation_id, seq, payload, was_online, expires_at, next_attempt_at)
              select s.tenant, ?, ?, s.id, s.user_id, ?, ?, ?, ?, ?,
                now() + make_interval(secs => ?)
              from push_subscription s where s.tenant = ? and s.id = ? for share
              on conflict (tenant, message_id, subscription_id) do nothing
              """)) {
        for (PushDelivery delivery : deliveries) {
          add(insert, delivery, ifOnline);
        }
        insert.executeBatch();
      }
    });
  }

  private void add(PreparedStatement insert, PushDelivery delivery, Duration ifOnline)
      throws SQLException {
    insert.setObject(1, TimeOrderedIds.next());
    insert.setObject(2, delivery.messageId());
    insert.setObject(3, delivery.conversationId());
    insert.setLong(4, delivery.seq());
    insert.setString(5, delivery.payload());
    insert.setBoolean(6, delivery.wasOnline());
    insert.setObject(7, OffsetDateTime.ofInstant(delivery.expiresAt(), ZoneOffset.UTC));
    insert.setDouble(8, delivery.wasOnline() ? ifOnline.toMillis() / MILLIS : 0);
    insert.setString(9, caller.tenant());
    insert.setObject(10, delivery.subscriptionId());
    insert.addBatch();
  }

  /// Locks the row of the tenant until the end of the transaction.
  void lockTenant() {
    entities
        .createNativeQuery(
            "select tenant from tenant_with_push where tenant = :tenant for update", String.class)
        .setParameter("tenant", caller.tenant())
        .getResultList();
  }

  /// Takes the lease of due messages, oldest first. Passes over those that another replica takes.
  List<AnnouncedMessage.Claimed> claimMessages(int limit, Duration lease) {
    return entities
        .createNativeQuery(
            """
            update push_message set attempts = attempts + 1,
              next_attempt_at = now() + make_interval(secs => :lease)
            where tenant = :tenant and message_id in (
              select message_id from push_message
              where tenant = :tenant and state = 'pending' and next_attempt_at <= now()
              order by next_attempt_at limit :limit for update skip locked)
            returning message_id, conversation_id, seq, sender_id, sender_name, excerpt, sent_at,
              attempts
            """,
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("lease", lease.toMillis() / MILLIS)
        .setParameter("limit", limit)
        .getResultList()
        .stream()
        .map(row ->
            new AnnouncedMessage.Claimed(
                caller.tenant(),
                new AnnouncedMessage(
                    row.get(0, UUID.class),
                    row.get(1, UUID.class),
                    row.get(2, Long.class),
                    row.get(3, String.class),
                    row.get(4, String.class),
                    row.get(5, String.class),
                    row.get(6, Instant.class)),
                row.get(7, Integer.class)))
        .toList();
  }

  /// Takes the lease of due deliveries, oldest first. Passes over those that another replica takes.
  List<PushDelivery.Claimed> claimDeliveries(int limit, Duration lease) {
    return entities
        .createNativeQuery(
            """
            update push_delivery d set attempts = d.attempts + 1,
              next_attempt_at = now() + make_interval(secs => :lease)
            from push_subscription s
            where d.tenant = :tenant and s.tenant = :tenant and s.id = d.subscription_id
              and d.id in (
                select id from push_delivery where tenant = :tenant and next_attempt_at <= now()
                order by next_attempt_at limit :limit for update skip locked)
            returning d.id, d.subscription_id, d.user_id, d.conversation_id, s.endpoint, s.p256dh,
              s.auth, d.payload, d.was_online, d.expires_at, d.attempts
            """,
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("lease", lease.toMillis() / MILLIS)
        .setParameter("limit", limit)
        .getResultList()
        .stream()
        .map(row ->
            new PushDelivery.Claimed(
                caller.tenant(),
                row.get(0, UUID.class),
                row.get(1, UUID.class),
                row.get(2, String.class),
                row.get(3, UUID.class),
                row.get(4, String.class),
                row.get(5, String.class),
                row.get(6, String.class),
                row.get(7, String.class),
                row.get(8, Boolean.class),
                row.get(9, Instant.class),
                row.get(10, Integer.class)))
        .toList();
  }

  /// Sets the time of the tenant's next work. The row must be locked.
  void updateDueTime() {
    sql("""
    update tenant_with_push set due_at = least(
      (select min(next_attempt_at) from push_message
        where tenant = :tenant and state = 'pending'),
      (select min(next_attempt_at) from push_delivery where tenant = :tenant))
    where tenant = :tenant
    """)
        .executeUpdate();
  }

  /// Makes the tenant due at the latest after this time.
  void dueWithin(Duration time) {
    sql("""
    insert into tenant_with_push as t (tenant, due_at)
    values (:tenant, now() + make_interval(secs => :seconds))
    on conflict (tenant) do update set due_at = least(t.due_at, excluded.due_at)
    """)
        .setParameter("seconds", time.toMillis() / MILLIS)
        .executeUpdate();
  }

  /// Ends the announcement of a message, unless the lease was lost.
  ///
  /// @return whether this replica still held the lease
  boolean finish(AnnouncedMessage.Claimed claimed) {
    return sql("""
    update push_message set state = 'done', sender_name = null, excerpt = null
    where tenant = :tenant and message_id = :id and attempts = :attempt
      and state = 'pending'
    """)
            .setParameter("id", claimed.message().id())
            .setParameter("attempt", claimed.attempt())
            .executeUpdate()
        == 1;
  }

  /// Looks for the receivers of a message again later, unless the lease was lost.
  void retry(AnnouncedMessage.Claimed claimed, Duration after) {
    dueWithin(after);
    sql("""
    update push_message set next_attempt_at = now() + make_interval(secs => :after)
    where tenant = :tenant and message_id = :id and attempts = :attempt
      and state = 'pending'
    """)
        .setParameter("after", after.toMillis() / MILLIS)
        .setParameter("id", claimed.message().id())
        .setParameter("attempt", claimed.attempt())
        .executeUpdate();
  }

  /// Ends a delivery, unless the lease was lost.
  void finish(PushDelivery.Claimed claimed) {
    sql("delete from push_delivery where tenant = :tenant and id = :id and attempts = :attempt")
        .setParameter("id", claimed.id())
        .setParameter("attempt", claimed.attempt())
        .executeUpdate();
  }

  /// Attempts a delivery again later, unless the lease was lost.
  void retry(PushDelivery.Claimed claimed, Duration after) {
    dueWithin(after);
    sql("""
    update push_delivery set next_attempt_at = now() + make_interval(secs => :after)
    where tenant = :tenant and id = :id and attempts = :attempt
    """)
        .setParameter("after", after.toMillis() / MILLIS)
        .setParameter("id", claimed.id())
        .setParameter("attempt", claimed.attempt())
        .executeUpdate();
  }

  /// Ends the deliveries of messages that their receiver has read.
  void endRead(String userId, UUID conversationId, long readSeq) {
    sql("""
    delete from push_delivery where tenant = :tenant and user_id = :person
      and conversation_id = :conversation and seq <= :seq
    """)
        .setParameter("person", userId)
        .setParameter("conversation", conversationId)
        .setParameter("seq", readSeq)
        .executeUpdate();
  }

  /// Deletes the ids of old messages, and deliveries without a subscription.
  void clean(Duration keepIds) {
    sql("""
    delete from push_message
    where tenant = :tenant and state = 'done'
      and next_attempt_at < now() - make_interval(secs => :keep)
    """)
        .setParameter("keep", (double) keepIds.toSeconds())
        .executeUpdate();
    sql("""
    delete from push_delivery d where tenant = :tenant and not exists (
      select from push_subscription s
      where s.tenant = :tenant and s.id = d.subscription_id)
    """)
        .executeUpdate();
  }

  private MutationQuery sql(String statement) {
    return entities.createNativeMutationQuery(statement).setParameter("tenant", caller.tenant());
  }
}
