package com.secureapprove.chat.platform.redis;

import com.secureapprove.chat.platform.problem.Dependencies;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.pubsub.ReactivePubSubCommands;
import io.quarkus.redis.datasource.pubsub.RedisPubSubMessage;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Subscriptions to Redis Pub/Sub that survive interruptions: a connection that Redis closes, that
/// breaks, or that hangs is replaced. Messages published in between are lost.
///
/// Each process publishes a heartbeat on its own channel, `chat:pulse:<random>`, to which all of
/// its subscriptions listen. A subscription that misses heartbeats hangs. Thread-safe.
@Singleton
public class Channels {
  private static final Logger LOG = Logger.getLogger(Channels.class);
  private static final Duration PULSE = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private final ReactivePubSubCommands<String> channels;
  private final Dependencies dependencies;
  private final String pulse = RedisKeys.pulse(UUID.randomUUID().toString());
  private @Nullable Cancellable beating;
  private volatile boolean stopped;

  Channels(ReactiveRedisDataSource redis, Dependencies dependencies) {
    channels = redis.pubsub(String.class);
    this.dependencies = dependencies;
  }

  @PostConstruct
  void start() {
    beating =
        Multi.createFrom()
            .ticks()
            .every(PULSE)
            .onOverflow()
            .drop()
            .subscribe()
            .with(_ -> beat(), failure -> LOG.error("channels_without_pulse", failure));
  }

  /// Quarkus closes the connections before it destroys this bean.
  void onShutdown(@Observes ShutdownEvent event) {
    stopped = true;
  }

  @PreDestroy
  void stop() {
    if (beating != null) {
      beating.cancel();
    }
  }

  private void beat() {
    publish(pulse, "").ifNoItem().after(PULSE).fail().subscribe().with(_ -> {}, _ -> {});
  }

  /// Subscribes to patterns until cancelled. The callback may run on any thread.
  public Cancellable listen(Consumer<RedisPubSubMessage<String>> heard, String... patterns) {
    String[] all = Stream.concat(Stream.of(patterns), Stream.of(pulse)).toArray(String[]::new);
    return channels
        .subscribeAsMessagesToPatterns(all)
        .ifNoItem()
        .after(SILENCE)
        .fail()
        .onCompletion() // a connection that Redis closes completes without a failure
        .failWith(() -> new IOException("Redis closed the connection"))
        .onFailure()
        .invoke(failure -> {
          if (!stopped) {
            dependencies.failed(Dependencies.REDIS, failure);
          }
        })
        .onFailure()
        .retry()
        .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
        .indefinitely()
        .invoke(_ -> dependencies.answered(Dependencies.REDIS))
        .filter(message -> !message.getChannel().equals(pulse))
        .subscribe()
        .with(
            heard,
            failure -> LOG.errorf(failure, "channels_subscription_ended channel=%s", patterns[0]));
  }

  /// Publishes a message to the present subscribers.
  public Uni<Void> publish(String channel, String text) {
    return channels.publish(channel, text);
  }
}
