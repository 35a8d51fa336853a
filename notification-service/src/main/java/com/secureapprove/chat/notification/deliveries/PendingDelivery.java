package com.secureapprove.chat.notification.deliveries;

import java.util.UUID;

/// A delivery that is to be stored.
///
/// @param payload the body of the call
public record PendingDelivery(UUID endpointId, UUID eventId, String eventType, String payload) {}
