package com.secureapprove.chat.notification.deliveries;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/// One event for one endpoint.
@Entity
@Table(name = "webhook_delivery")
public class WebhookDelivery extends PanacheEntityBase {
  @Id public UUID id;
  @TenantId public String tenant;
  public UUID endpointId;
  public UUID eventId;
  public String eventType;
  public Instant createdAt;

  /// The name of a [DeliveryState].
  public String state;

  /// The attempts since its creation, or since it was sent again.
  public int attempts;

  /// The next attempt; while one is under way, the end of its lease.
  public Instant nextAttemptAt;

  public @Nullable Instant lastAttemptAt;
  public @Nullable Integer lastStatus;
  public @Nullable String lastError;

  DeliveryState state() {
    return DeliveryState.ofWireName(state).orElseThrow();
  }
}
