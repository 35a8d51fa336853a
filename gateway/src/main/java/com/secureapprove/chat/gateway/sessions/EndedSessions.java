package com.secureapprove.chat.gateway.sessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.pubsub.ReactivePubSubCommands;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The sessions that have ended: by signing out here, or at another gateway.
///
/// Redis holds them under `chat:ended:<digest of the session>` for as long as a cookie could live,
/// and announces each on the channel `chat:ended`. Without Redis this gateway knows those that it
/// has heard of itself.
@Startup
@Singleton
public class EndedSessions {
  private static final Logger LOG = Logger.getLogger(EndedSessions.class);
  private static final String KEY = "chat:ended:";
  private static final String CHANNEL = "chat:ended";
  private static final Duration KEPT = Duration.ofHours(12);
  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final Duration BELIEVED = Duration.ofSeconds(1);
  private static final int MOST = 100_000;

  private final ReactiveValueCommands<String, String> values;
  private final ReactivePubSubCommands<String> channels;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final Cache<String, Boolean> ended =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
  private final Cache<String, Boolean> alive =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(BELIEVED).build();
  private @Nullable Cancellable subscription;

  EndedSessions(ReactiveRedisDataSource redis) {
    values = redis.value(String.class);
    channels = redis.pubsub(String.class);
  }

  @PostConstruct
  void listen() {
    subscription =
        channels
            .subscribe(CHANNEL)
            .onFailure()
            .retry()
            .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
            .indefinitely()
            .subscribe()
            .with(this::heard, failure -> LOG.error("ended_sessions_unheard", failure));
  }

  @PreDestroy
  void stop() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private void heard(String digest) {
    ended.put(digest, Boolean.TRUE);
    listeners.forEach(listener -> listener.accept(digest));
  }

  /// Calls the listener with the digest of each session that ends from now on. On any thread.
  public void onEnd(Consumer<String> listener) {
    listeners.add(listener);
  }

  /// Ends a session everywhere. Never fails: where Redis does not hear it, at least we know.
  public Future<Void> end(String session) {
    String digest = digest(session);
    heard(digest);
    return bounded(
        values
            .setex(KEY + digest, KEPT.toSeconds(), "1")
            .chain(() -> channels.publish(CHANNEL, digest)),
        null);
  }

  /// Whether a session has ended.
  public Future<Boolean> hasEnded(String session) {
    String digest = digest(session);
    if (ended.getIfPresent(digest) != null) {
      return Future.succeededFuture(true);
    }
    if (alive.getIfPresent(digest) != null) {
      return Future.succeededFuture(false);
    }
    return bounded(values.get(KEY + digest).map(value -> value != null), false)
        .onSuccess(over -> (over ? ended : alive).put(digest, Boolean.TRUE));
  }

  /// What a session is called where it is not to be told apart from others' by name.
  public static String digest(String session) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(session.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> Future<T> bounded(Uni<T> answer, @Nullable T otherwise) {
    Promise<T> promise = Promise.promise();
    answer
        .ifNoItem()
        .after(LIMIT)
        .fail()
        .subscribe()
        .with(
            promise::complete,
            failure -> {
              LOG.warnf("ended_sessions_unreachable reason=%s", failure.getMessage());
              promise.complete(otherwise);
            });
    return promise.future();
  }
}
