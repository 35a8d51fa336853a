package com.secureapprove.chat.serviceplatform.outbox;

import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.redis.PubSub;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Wakes the relays of other replicas: one replica commits, another holds the shard. Uses the
/// channel `chat:outbox:<part>`; messages have no content. If one is lost, the relay polls a moment
/// later.
@Singleton
class RelayWakeups {
  private static final Logger LOG = Logger.getLogger(RelayWakeups.class);

  private final PubSub pubSub;
  private final String channel;
  private @Nullable Cancellable subscription;

  RelayWakeups(PubSub pubSub, @ConfigProperty(name = "chat.internal.part") String part) {
    this.pubSub = pubSub;
    this.channel = RedisKeys.outbox(part);
  }

  void listen(Runnable onWakeup) {
    subscription = pubSub.subscribe(_ -> onWakeup.run(), channel);
  }

  @PreDestroy
  void stop() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  /// Wakes the others. Never blocks.
  void send() {
    pubSub
        .publish(channel, "")
        .subscribe()
        .with(
            _ -> {}, failure -> LOG.debugf("relay_wakeup_not_sent reason=%s", Reason.of(failure)));
  }
}
