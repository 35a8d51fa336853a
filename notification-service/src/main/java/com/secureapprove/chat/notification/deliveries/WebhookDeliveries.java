package com.secureapprove.chat.notification.deliveries;

import com.secureapprove.chat.notification.endpoints.WebhookEndpoint;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.identity.Caller;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// The deliveries of the caller's tenant, in SQL. Every method needs a transaction.
///
/// The row of `tenant_with_webhooks` holds the time of the tenant's next delivery, so that a
/// replica looks only at tenants with work. It is locked before it is raised: a delivery that is
/// stored at the same time would otherwise be overlooked.
@Singleton
public class WebhookDeliveries {
  private static final double MILLIS = 1_000.0;

  private final Session entities;
  private final Caller caller;

  WebhookDeliveries(Session entities, Caller caller) {
    this.entities = entities;
    this.caller = caller;
  }

  /// Stores deliveries that are due now. Ignores those of an endpoint and event that are already
  /// stored.
  public void store(List<PendingDelivery> pending) {
    if (pending.isEmpty()) {
      return;
    }
    entities.doWork(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              insert into webhook_delivery (tenant, id, endpoint_id, event_id, event_type, payload)
              values (?, ?, ?, ?, ?, ?) on conflict (tenant, endpoint_id, event_id) do nothing
              """)) {
        for (PendingDelivery delivery : pending) {
          add(insert, delivery);
        }
        insert.executeBatch();
      }
    });
    dueWithin(Duration.ZERO);
  }

  private void add(PreparedStatement insert, PendingDelivery delivery) throws SQLException {
    insert.setString(1, caller.tenant());
    insert.setObject(2, TimeOrderedIds.next());
    insert.setObject(3, delivery.endpointId());
    insert.setObject(4, delivery.eventId());
    insert.setString(5, delivery.eventType());
    insert.setString(6, delivery.payload());
    insert.addBatch();
  }

  /// Locks the row of the tenant until the end of the transaction.
  void lockTenant() {
    entities
        .createNativeQuery(
            "select tenant from tenant_with_webhooks where tenant = :tenant for update",
            String.class)
        .setParameter("tenant", caller.tenant())
        .getResultList();
  }

  /// Takes the lease of due deliveries of an endpoint, oldest first. Passes over those that another
  /// replica takes at this moment.
  List<ClaimedDelivery> claim(WebhookEndpoint endpoint, int limit, Duration lease) {
    return entities
        .createNativeQuery(
            """
            update webhook_delivery set attempts = attempts + 1, last_attempt_at = now(),
              next_attempt_at = now() + make_interval(secs => :lease)
            where tenant = :tenant and id in (
              select id from webhook_delivery
              where tenant = :tenant and endpoint_id = :endpoint and state = 'pending'
                and next_attempt_at <= now()
              order by id limit :limit for update skip locked)
            returning id, event_id, payload, attempts
            """,
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("endpoint", endpoint.id)
        .setParameter("lease", lease.toMillis() / MILLIS)
        .setParameter("limit", limit)
        .getResultList()
        .stream()
        .map(row ->
            new ClaimedDelivery(
                caller.tenant(),
                endpoint,
                row.get(0, UUID.class),
                row.get(1, UUID.class),
                row.get(2, String.class),
                row.get(3, Integer.class)))
        .toList();
  }

  /// Sets the time of the tenant's next delivery. The row must be locked.
  void updateDueTime() {
    entities
        .createNativeMutationQuery(
            """
            update tenant_with_webhooks set due_at = (
              select min(next_attempt_at) from webhook_delivery d
              where d.tenant = :tenant and d.state = 'pending' and d.endpoint_id in (
                select id from webhook_endpoint where tenant = :tenant and disabled_at is null))
            where tenant = :tenant
            """)
        .setParameter("tenant", caller.tenant())
        .executeUpdate();
  }

  /// Makes the tenant due at the latest after this time.
  void dueWithin(Duration time) {
    entities
        .createNativeMutationQuery(
            """
            insert into tenant_with_webhooks as t (tenant, due_at)
            values (:tenant, now() + make_interval(secs => :seconds))
            on conflict (tenant) do update set due_at = least(t.due_at, excluded.due_at)
            """)
        .setParameter("tenant", caller.tenant())
        .setParameter("seconds", time.toMillis() / MILLIS)
        .executeUpdate();
  }

  /// Stores the end of an attempt, unless the lease was lost.
  ///
  /// @param retryIn the time until the next attempt, if the delivery stays pending
  /// @return whether this replica still held the lease
  boolean finish(
      ClaimedDelivery delivery,
      DeliveryState state,
      Duration retryIn,
      @Nullable Integer status,
      @Nullable String error) {
    return entities
            .createNativeMutationQuery(
                """
                update webhook_delivery set state = :state, last_status = cast(:status as integer),
                  last_error = cast(:error as text),
                  next_attempt_at = now() + make_interval(secs => :retry)
                where tenant = :tenant and id = :id and attempts = :attempt and state = 'pending'
                """)
            .setParameter("state", state.toString())
            .setParameter("status", status, Integer.class)
            .setParameter("error", error, String.class)
            .setParameter("retry", retryIn.toMillis() / MILLIS)
            .setParameter("tenant", caller.tenant())
            .setParameter("id", delivery.id())
            .setParameter("attempt", delivery.attempt())
            .executeUpdate()
        == 1;
  }

  /// Ends all pending deliveries of an endpoint.
  void endPending(UUID endpointId, String error) {
    entities
        .createNativeMutationQuery(
            """
            update webhook_delivery set state = 'dead', last_error = :error
            where tenant = :tenant and endpoint_id = :endpoint and state = 'pending'
            """)
        .setParameter("error", error)
        .setParameter("tenant", caller.tenant())
        .setParameter("endpoint", endpointId)
        .executeUpdate();
  }

  /// Whether an endpoint accepted any delivery at or after the creation of this one.
  boolean acceptedSince(ClaimedDelivery delivery) {
    return entities
        .createNativeQuery(
            """
            select exists (select from webhook_delivery d
              where d.tenant = :tenant and d.endpoint_id = :endpoint and d.state = 'delivered'
                and d.last_attempt_at >= (
                  select created_at from webhook_delivery where tenant = :tenant and id = :id))
            """,
            Boolean.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("endpoint", delivery.endpoint().id)
        .setParameter("id", delivery.id())
        .getSingleResult();
  }
}
