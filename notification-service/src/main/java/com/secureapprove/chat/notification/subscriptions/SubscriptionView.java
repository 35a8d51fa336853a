package com.secureapprove.chat.notification.subscriptions;

import java.time.Instant;
import java.util.UUID;

/// A subscription as its person sees it, without its keys.
///
/// @param service the host of the push service, which differs between browsers
record SubscriptionView(UUID id, String service, String language, String page, Instant createdAt) {

  static SubscriptionView of(PushSubscription subscription) {
    return new SubscriptionView(
        subscription.id,
        subscription.endpoint.replaceFirst("^[a-z]+://([^/?#]+).*", "$1"),
        subscription.language,
        subscription.page,
        subscription.createdAt);
  }
}
