package com.secureapprove.chat.notification.mail;

import com.secureapprove.chat.platform.identity.Caller;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// What people have chosen for their mails. Every method needs a transaction.
@Singleton
class MailPreferences {
  private final Session entities;
  private final MailTenants tenants;
  private final Caller caller;

  MailPreferences(Session entities, MailTenants tenants, Caller caller) {
    this.entities = entities;
    this.tenants = tenants;
    this.caller = caller;
  }

  MailPreference of(String userId) {
    boolean available = tenants.content(caller.tenant()) != MailContent.OFF;
    return entities
        .createNativeQuery(
            "select wanted, language from mail_person where tenant = :tenant and user_id = :person",
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("person", userId)
        .getResultStream()
        .findFirst()
        .map(row ->
            new MailPreference(available, row.get(0, Boolean.class), row.get(1, String.class)))
        .orElseGet(() -> new MailPreference(available, true, null));
  }

  /// Stores a choice. A mail that is due is not sent after an unsubscription.
  ///
  /// @param enabled null leaves it as it is
  /// @param language null leaves it as it is
  void choose(String userId, @Nullable Boolean enabled, @Nullable String language) {
    entities
        .createNativeMutationQuery(
            """
            insert into mail_person as p (tenant, user_id, wanted, language)
            values (:tenant, :person, coalesce(cast(:wanted as boolean), true), :language)
            on conflict (tenant, user_id) do update set
              wanted = coalesce(cast(:wanted as boolean), p.wanted),
              language = coalesce(excluded.language, p.language),
              next_attempt_at = case when cast(:wanted as boolean) is not false
                then p.next_attempt_at end
            """)
        .setParameter("tenant", caller.tenant())
        .setParameter("person", userId)
        .setParameter("wanted", enabled, Boolean.class)
        .setParameter("language", language, String.class)
        .executeUpdate();
  }
}
