package com.secureapprove.chat.notification.subscriptions;

import com.secureapprove.chat.platform.identity.Caller;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.hibernate.Session;

/// Changes of the subscriptions of the caller's tenant. Every method needs a transaction.
@Singleton
public class Subscriptions {
  private final Session entities;
  private final Caller caller;

  Subscriptions(Session entities, Caller caller) {
    this.entities = entities;
    this.caller = caller;
  }

  /// Whether the tenant has any.
  public boolean exist() {
    return entities
        .createNativeQuery(
            "select exists (select from push_subscription where tenant = :tenant)", Boolean.class)
        .setParameter("tenant", caller.tenant())
        .getSingleResult();
  }

  /// Serialises the creations of a tenant, so that two of one browser or one person cannot
  /// conflict.
  void lockTenant() {
    entities
        .createNativeMutationQuery(
            "insert into tenant_with_push (tenant) values (:tenant) on conflict do nothing")
        .setParameter("tenant", caller.tenant())
        .executeUpdate();
    entities
        .createNativeQuery(
            "select tenant from tenant_with_push where tenant = :tenant for update", String.class)
        .setParameter("tenant", caller.tenant())
        .getSingleResult();
  }

  /// Stores a subscription in place of another one of the same browser, and of the person's oldest
  /// ones above the limit.
  void replace(PushSubscription subscription, int perPerson) {
    PushSubscription.<PushSubscription>list("endpoint = ?1", subscription.endpoint)
        .forEach(former -> {
          if (former.userId.equals(subscription.userId)) {
            subscription.id = former.id;
            subscription.createdAt = former.createdAt;
          }
          remove(former.id);
        });
    PushSubscription.<PushSubscription>list("userId = ?1 order by id desc", subscription.userId)
        .stream()
        .skip(perPerson - 1L)
        .forEach(oldest -> remove(oldest.id));
    entities.clear();
    subscription.persist();
    entities.flush();
  }

  /// Deletes a subscription of a person, if there is one.
  void delete(UUID id, String userId) {
    if (PushSubscription.count("id = ?1 and userId = ?2", id, userId) > 0) {
      remove(id);
    }
  }

  /// Deletes a subscription with its deliveries, in this order: deliveries that are stored at the
  /// same time would otherwise remain.
  public void remove(UUID id) {
    execute("delete from push_subscription where tenant = :tenant and id = :id", id);
    execute("delete from push_delivery where tenant = :tenant and subscription_id = :id", id);
  }

  /// Deletes all subscriptions of a person.
  public void removeAllOf(String userId) {
    PushSubscription.<PushSubscription>list("userId = ?1 order by id", userId)
        .forEach(subscription -> remove(subscription.id));
  }

  private void execute(String sql, UUID id) {
    entities
        .createNativeMutationQuery(sql)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", id)
        .executeUpdate();
  }
}
