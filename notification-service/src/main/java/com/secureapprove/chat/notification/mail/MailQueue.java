package com.secureapprove.chat.notification.mail;

import com.secureapprove.chat.platform.identity.Caller;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.jspecify.annotations.Nullable;

/// The conversations to review and the people to look at, of the caller's tenant, in SQL. Every
/// method needs a transaction.
///
/// The row of `tenant_with_mail` holds the time of the tenant's next work. Transactions that add
/// work lock it first, like those of Web Push.
@Singleton
class MailQueue {
  private static final double MILLIS = 1_000.0;

  private final Session entities;
  private final Caller caller;

  MailQueue(Session entities, Caller caller) {
    this.entities = entities;
    this.caller = caller;
  }

  /// Reviews conversations at these times, or earlier if that is planned already.
  void review(Map<UUID, Instant> quietUntil) {
    if (quietUntil.isEmpty()) {
      return;
    }
    dueAt(Collections.min(quietUntil.values()));
    sql("""
    insert into mail_conversation (tenant, conversation_id, next_attempt_at)
    select :tenant, k.id, k.at from unnest(:ids, :times) k(id, at) order by k.id
    on conflict (tenant, conversation_id) do nothing
    """)
        .setParameter("ids", quietUntil.keySet().toArray(UUID[]::new), UUID[].class)
        .setParameter("times", quietUntil.values().toArray(Instant[]::new), Instant[].class)
        .executeUpdate();
  }

  /// Locks the row of the tenant until the end of the transaction.
  void lockTenant() {
    entities
        .createNativeQuery(
            "select tenant from tenant_with_mail where tenant = :tenant for update", String.class)
        .setParameter("tenant", caller.tenant())
        .getResultList();
  }

  /// Takes the lease of due conversations, oldest first. Passes over those that another replica
  /// takes.
  List<ClaimedConversation> claimConversations(int limit, Duration lease) {
    return entities
        .createNativeQuery(
            """
            update mail_conversation set attempts = attempts + 1,
              next_attempt_at = now() + make_interval(secs => :lease)
            where tenant = :tenant and conversation_id in (
              select conversation_id from mail_conversation
              where tenant = :tenant and next_attempt_at <= now()
              order by next_attempt_at limit :limit for update skip locked)
            returning conversation_id, attempts
            """,
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("lease", lease.toMillis() / MILLIS)
        .setParameter("limit", limit)
        .getResultList()
        .stream()
        .map(row -> new ClaimedConversation(row.get(0, UUID.class), row.get(1, Integer.class)))
        .toList();
  }

  /// Takes the lease of due people, longest due first. Passes over those that another replica
  /// takes.
  List<ClaimedPerson> claimPeople(int limit, Duration lease) {
    return entities
        .createNativeQuery(
            """
            update mail_person p set claims = p.claims + 1,
              next_attempt_at = now() + make_interval(secs => :lease)
            where p.tenant = :tenant and p.user_id in (
              select user_id from mail_person where tenant = :tenant and next_attempt_at <= now()
              order by next_attempt_at limit :limit for update skip locked)
            returning p.user_id, coalesce(p.language, (
                select s.language from push_subscription s
                where s.tenant = :tenant and s.user_id = p.user_id
                order by s.created_at desc limit 1)),
              p.mailed_at, p.failures, p.claims
            """,
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("lease", lease.toMillis() / MILLIS)
        .setParameter("limit", limit)
        .getResultList()
        .stream()
        .map(row ->
            new ClaimedPerson(
                caller.tenant(),
                row.get(0, String.class),
                row.get(1, String.class),
                row.get(2, Instant.class),
                row.get(3, Integer.class),
                row.get(4, Long.class)))
        .toList();
  }

  /// Sets the time of the tenant's next work. The row must be locked.
  void updateDueTime() {
    sql("""
    update tenant_with_mail set due_at = least(
      (select min(next_attempt_at) from mail_conversation where tenant = :tenant),
      (select min(next_attempt_at) from mail_person where tenant = :tenant))
    where tenant = :tenant
    """)
        .executeUpdate();
  }

  /// Forgets all work, but not what people have chosen.
  void clear() {
    sql("delete from mail_conversation where tenant = :tenant").executeUpdate();
    sql("delete from mail_person where tenant = :tenant and wanted and language is null")
        .executeUpdate();
    sql("update mail_person set next_attempt_at = null where tenant = :tenant").executeUpdate();
  }

  /// Ends a review: looks at the people now, unless they want no mails or one is under way. Does
  /// nothing if the lease was lost.
  void finish(ClaimedConversation conversation, Collection<String> people) {
    dueAt(Instant.EPOCH);
    int ended =
        sql("""
        delete from mail_conversation
        where tenant = :tenant and conversation_id = :id and attempts = :attempt
        """)
            .setParameter("id", conversation.id())
            .setParameter("attempt", conversation.attempt())
            .executeUpdate();
    if (ended == 1) {
      sql("""
      insert into mail_person as p (tenant, user_id, next_attempt_at)
      select :tenant, k.id, now() from unnest(:people) k(id) order by k.id
      on conflict (tenant, user_id) do update
      set next_attempt_at = least(p.next_attempt_at, excluded.next_attempt_at)
      where p.wanted and p.failures = 0
      """)
          .setParameter("people", people.toArray(String[]::new), String[].class)
          .executeUpdate();
    }
  }

  /// Looks at a person again at a time, or no more. Does nothing if the lease was lost.
  ///
  /// @param at null for no more
  void postpone(ClaimedPerson person, @Nullable Instant at) {
    if (at != null) {
      dueAt(at);
    }
    sql("""
    update mail_person set next_attempt_at = cast(:at as timestamptz),
      failures = case when cast(:at as timestamptz) is null then 0 else failures end
    where tenant = :tenant and user_id = :person and claims = :fence and wanted
    """)
        .setParameter("at", at, Instant.class)
        .setParameter("person", person.userId())
        .setParameter("fence", person.fence())
        .executeUpdate();
  }

  /// Marks a mail as sent, before it is. A crash after it loses the mail, so that none is sent
  /// twice.
  ///
  /// @param mailedAt in whole milliseconds; identifies the mail
  /// @return false if the lease was lost, or if the person has unsubscribed
  boolean begin(ClaimedPerson person, Instant mailedAt) {
    return sql("""
    update mail_person set mailed_at = :mailed, next_attempt_at = null
    where tenant = :tenant and user_id = :person and claims = :fence and wanted
    """)
            .setParameter("mailed", mailedAt)
            .setParameter("person", person.userId())
            .setParameter("fence", person.fence())
            .executeUpdate()
        == 1;
  }

  /// Ends a mail that was accepted or given up.
  void finish(ClaimedPerson person, Instant mailedAt) {
    sql("""
    update mail_person set failures = 0
    where tenant = :tenant and user_id = :person and mailed_at = :mailed
    """)
        .setParameter("person", person.userId())
        .setParameter("mailed", mailedAt)
        .executeUpdate();
  }

  /// Takes back that a mail was sent, and looks at the person again later.
  void retry(ClaimedPerson person, Instant mailedAt, Instant at) {
    dueAt(at);
    sql("""
    update mail_person set mailed_at = cast(:former as timestamptz), failures = failures + 1,
      next_attempt_at = case when wanted then cast(:at as timestamptz) end
    where tenant = :tenant and user_id = :person and mailed_at = :mailed
    """)
        .setParameter("former", person.mailedAt(), Instant.class)
        .setParameter("at", at)
        .setParameter("person", person.userId())
        .setParameter("mailed", mailedAt)
        .executeUpdate();
  }

  private void dueAt(Instant at) {
    sql("""
    insert into tenant_with_mail as t (tenant, due_at) values (:tenant, :at)
    on conflict (tenant) do update set due_at = least(t.due_at, excluded.due_at)
    """)
        .setParameter("at", at)
        .executeUpdate();
  }

  private MutationQuery sql(String statement) {
    return entities.createNativeMutationQuery(statement).setParameter("tenant", caller.tenant());
  }
}
