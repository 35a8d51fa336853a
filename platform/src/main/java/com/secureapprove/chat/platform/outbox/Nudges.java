package com.secureapprove.chat.platform.outbox;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.pubsub.ReactivePubSubCommands;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// How a part's replicas wake each other's relays: one commits, another holds the shard. Channel
/// `chat:outbox:<part>`; what is said there does not matter, and where it is lost, the relays look
/// by themselves a moment later.
@Singleton
class Nudges {
  private static final Logger LOG = Logger.getLogger(Nudges.class);

  private final ReactivePubSubCommands<String> channels;
  private final String channel;
  private @Nullable Cancellable subscription;

  Nudges(ReactiveRedisDataSource redis, @ConfigProperty(name = "chat.internal.part") String part) {
    this.channels = redis.pubsub(String.class);
    this.channel = "chat:outbox:" + part;
  }

  void listen(Runnable onNudge) {
    subscription =
        channels
            .subscribe(channel)
            .onFailure()
            .retry()
            .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
            .indefinitely()
            .subscribe()
            .with(_ -> onNudge.run(), failure -> LOG.error("nudges_unheard", failure));
  }

  @PreDestroy
  void stop() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  /// Wakes the others. Never blocks.
  void send() {
    channels
        .publish(channel, "")
        .subscribe()
        .with(_ -> {}, failure -> LOG.debugf("nudge_not_sent reason=%s", failure.getMessage()));
  }
}
