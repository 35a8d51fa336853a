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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Subscriptions to Redis Pub/Sub that survive interruptions: a connection that Redis closes, that
/// breaks, or that hangs is replaced. Messages published in between are lost.
///
/// Each process publishes a heartbeat on the channel of its component, such as
/// `chat:pulse:message`, to which all of its subscriptions listen. A subscription that misses
/// heartbeats hangs. Thread-safe.
///
/// The channel has a fixed name, because access control lists permit subscriptions to patterns only
/// by their exact names.
@Singleton
public class PubSub {
  private static final Logger LOG = Logger.getLogger(PubSub.class);
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(20);

  private final ReactivePubSubCommands<String> commands;
  private final Dependencies dependencies;
  private final String heartbeatChannel;
  private @Nullable Cancellable heartbeats;
  private volatile boolean stopped;

  PubSub(
      ReactiveRedisDataSource redis,
      Dependencies dependencies,
      @ConfigProperty(name = "chat.internal.part") String part) {
    heartbeatChannel = RedisKeys.heartbeat(part);
    commands = redis.pubsub(String.class);
    this.dependencies = dependencies;
  }

  @PostConstruct
  void start() {
    heartbeats =
        Multi.createFrom()
            .ticks()
            .every(HEARTBEAT_INTERVAL)
            .onOverflow()
            .drop()
            .subscribe()
            .with(_ -> sendHeartbeat(), failure -> LOG.error("pubsub_heartbeat_stopped", failure));
  }

  /// Quarkus closes the connections before it destroys this bean.
  void onShutdown(@Observes ShutdownEvent event) {
    stopped = true;
  }

  @PreDestroy
  void stop() {
    if (heartbeats != null) {
      heartbeats.cancel();
    }
  }

  private void sendHeartbeat() {
    publish(heartbeatChannel, "")
        .ifNoItem()
        .after(HEARTBEAT_INTERVAL)
        .fail()
        .subscribe()
        .with(_ -> {}, _ -> {});
  }

  /// Subscribes to patterns until cancelled. The callback may run on any thread.
  public Cancellable subscribe(Consumer<RedisPubSubMessage<String>> onMessage, String... patterns) {
    String[] all =
        Stream.concat(Stream.of(patterns), Stream.of(heartbeatChannel)).toArray(String[]::new);
    return commands
        .subscribeAsMessagesToPatterns(all)
        .ifNoItem()
        .after(HEARTBEAT_TIMEOUT)
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
        .filter(message -> !message.getChannel().equals(heartbeatChannel))
        .subscribe()
        .with(
            onMessage,
            failure -> LOG.errorf(failure, "pubsub_subscription_ended channel=%s", patterns[0]));
  }

  /// Publishes a message to the present subscribers.
  public Uni<Void> publish(String channel, String text) {
    return commands.publish(channel, text);
  }
}
