package com.secureapprove.chat.notification.deliveries;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery as administrators see it, without its content.
///
/// @param nextAttemptAt null unless it is pending
/// @param lastStatus the status of the last response; null if there was none
/// @param lastError why the last attempt failed; null if it did not
record DeliveryView(
    UUID id,
    UUID eventId,
    String eventType,
    DeliveryState state,
    int attempts,
    Instant createdAt,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant lastAttemptAt,
    @Nullable Integer lastStatus,
    @Nullable String lastError) {

  static DeliveryView of(WebhookDelivery delivery) {
    return new DeliveryView(
        delivery.id,
        delivery.eventId,
        delivery.eventType,
        delivery.state(),
        delivery.attempts,
        delivery.createdAt,
        delivery.state() == DeliveryState.PENDING ? delivery.nextAttemptAt : null,
        delivery.lastAttemptAt,
        delivery.lastStatus,
        delivery.lastError);
  }
}
