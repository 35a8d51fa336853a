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
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The sessions that have ended: by signing out here or at another gateway, or because their issuer
/// said so.
///
/// Redis holds under `chat:ended:<digest>` until when sessions of that name, or of that account,
/// are over (in seconds, of those that began no later), for as long as a cookie could live, and
/// announces each as `<digest> <seconds>` on the channel `chat:ended`. Without Redis this gateway
/// knows those that it has heard of itself.
@Startup
@Singleton
public class EndedSessions {
  private static final Logger LOG = Logger.getLogger(EndedSessions.class);
  private static final String KEY = "chat:ended:";
  private static final String CHANNEL = "chat:ended";
  private static final Duration KEPT = Duration.ofHours(12);
  private static final Duration BELIEVED = Duration.ofSeconds(1);
  private static final int MOST = 100_000;

  private final ReactiveValueCommands<String, String> values;
  private final ReactivePubSubCommands<String> channels;
  private final List<Consumer<Predicate<BrowserSession>>> listeners = new CopyOnWriteArrayList<>();
  private final Cache<String, Long> ended =
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

  private void heard(String announcement) {
    String[] parts = announcement.split(" ");
    if (parts.length == 2 && parts[1].matches("[0-9]{1,12}")) {
      ended(parts[0], Long.parseLong(parts[1]));
    } else {
      LOG.warn("ended_sessions_unreadable");
    }
  }

  private void ended(String digest, long until) {
    ended.asMap().merge(digest, until, Math::max);
    listeners.forEach(listener -> listener.accept(this::isKnownToHaveEnded));
  }

  /// Calls the listener whenever sessions end from now on, with what tells them. On any thread.
  public void onEnd(Consumer<Predicate<BrowserSession>> listener) {
    listeners.add(listener);
  }

  /// Ends a session everywhere. Never fails: where Redis does not hear it, at least we know.
  public Future<Void> end(BrowserSession session) {
    return end(session.digest());
  }

  /// Ends the session of that id everywhere.
  public Future<Void> endSession(String id) {
    return end(BrowserSession.digest(id));
  }

  /// Ends all sessions of an account that have begun by now, everywhere.
  public Future<Void> endAllOf(String account) {
    return end(BrowserSession.digest(account));
  }

  private Future<Void> end(String digest) {
    long now = Instant.now().getEpochSecond();
    ended(digest, now);
    String until = Long.toString(now);
    return Answers.of(
        () ->
            values
                .setex(KEY + digest, KEPT.toSeconds(), until)
                .chain(() -> channels.publish(CHANNEL, digest + " " + until)),
        () -> null);
  }

  /// Whether a session has ended.
  public Future<Boolean> hasEnded(BrowserSession session) {
    if (isKnownToHaveEnded(session)) {
      return Future.succeededFuture(true);
    }
    if (alive.getIfPresent(session.digest()) != null) {
      return Future.succeededFuture(false);
    }
    return Answers.of(
            () ->
                Uni.join()
                    .all(lookUp(session.digest()), lookUp(session.accountDigest()))
                    .andFailFast(),
            List::of)
        .map(_ -> {
          boolean over = isKnownToHaveEnded(session);
          if (!over) {
            alive.put(session.digest(), Boolean.TRUE);
          }
          return over;
        });
  }

  /// Takes over what Redis knows of a name.
  private Uni<Optional<Long>> lookUp(String digest) {
    return values
        .get(KEY + digest)
        .map(until -> Optional.ofNullable(until).map(Long::parseLong))
        .invoke(found -> found.ifPresent(until -> ended.asMap().merge(digest, until, Math::max)));
  }

  private boolean isKnownToHaveEnded(BrowserSession session) {
    Long ofAccount = ended.getIfPresent(session.accountDigest());
    return ended.getIfPresent(session.digest()) != null
        || (ofAccount != null && session.began().getEpochSecond() <= ofAccount);
  }
}
