package com.secureapprove.chat.notification.subscriptions;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The Web Push subscriptions of people.
@ConfigMapping(prefix = "chat.push.subscriptions")
interface SubscriptionsConfig {
  /// How many browsers of one person are notified. A further subscription replaces the oldest.
  @WithDefault("10")
  int perPerson();
}
