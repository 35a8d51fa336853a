package com.secureapprove.chat.platform.redis;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.pubsub.ReactivePubSubCommands;
import io.quarkus.redis.datasource.pubsub.RedisPubSubMessage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What is said by Redis Pub/Sub, heard for as long as somebody listens: also after connections
/// have ended, in order or not, or hang. What is said while there is none is not heard.
///
/// Each process says something on a channel of its own, `chat:pulse:<random>`, to which all its
/// connections listen: one that does not bring it hangs. Thread-safe.
@Singleton
public class Channels {
  private static final Logger LOG = Logger.getLogger(Channels.class);
  private static final Duration PULSE = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private final ReactivePubSubCommands<String> channels;
  private final String pulse = "chat:pulse:" + UUID.randomUUID();
  private @Nullable Cancellable beating;

  Channels(ReactiveRedisDataSource redis) {
    channels = redis.pubsub(String.class);
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

  @PreDestroy
  void stop() {
    if (beating != null) {
      beating.cancel();
    }
  }

  private void beat() {
    publish(pulse, "").ifNoItem().after(PULSE).fail().subscribe().with(_ -> {}, _ -> {});
  }

  /// Hears what is said on the channels of these patterns, until it is cancelled. On any thread.
  public Cancellable listen(Consumer<RedisPubSubMessage<String>> heard, String... patterns) {
    String[] all = Stream.concat(Stream.of(patterns), Stream.of(pulse)).toArray(String[]::new);
    return channels
        .subscribeAsMessagesToPatterns(all)
        .ifNoItem()
        .after(SILENCE)
        .fail()
        .onCompletion() // so ends a connection that Redis closes in order
        .fail()
        .onFailure()
        .invoke(
            failure -> LOG.warnf("channels_interrupted channel=%s reason=%s", patterns[0], failure))
        .onFailure()
        .retry()
        .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
        .indefinitely()
        .filter(message -> !message.getChannel().equals(pulse))
        .subscribe()
        .with(heard, failure -> LOG.errorf(failure, "channels_unheard channel=%s", patterns[0]));
  }

  /// Says something to whoever listens at this moment.
  public Uni<Void> publish(String channel, String text) {
    return channels.publish(channel, text);
  }
}
