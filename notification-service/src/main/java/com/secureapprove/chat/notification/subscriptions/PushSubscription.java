package com.secureapprove.chat.notification.subscriptions;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// A browser of a person that receives notifications.
@Entity
@Table(name = "push_subscription")
public class PushSubscription extends PanacheEntityBase {
  @Id public UUID id;
  @TenantId public String tenant;
  public String userId;

  /// The URL of the push service.
  public String endpoint;

  public String p256dh;
  public String auth;

  /// `en`, `es` or `pt-BR`.
  public String language;

  /// The path of the page that a click on a notification opens.
  public String page;

  public Instant createdAt;

  /// The subscriptions of people that exist since before a time. Needs a transaction.
  public static List<PushSubscription> of(Collection<String> userIds, Instant before) {
    return list("userId in ?1 and createdAt <= ?2 order by id", userIds, before);
  }
}
