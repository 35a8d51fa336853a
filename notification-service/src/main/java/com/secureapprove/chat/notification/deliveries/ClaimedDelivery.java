package com.secureapprove.chat.notification.deliveries;

import com.secureapprove.chat.notification.endpoints.WebhookEndpoint;
import java.util.UUID;

/// A delivery whose lease this replica holds.
///
/// @param attempt its number, 1 for the first; also the fence of the lease
record ClaimedDelivery(
    String tenant, WebhookEndpoint endpoint, UUID id, UUID eventId, String payload, int attempt) {

  /// The header `webhook-id`, the same in each attempt.
  String messageId() {
    return "msg_" + eventId;
  }
}
