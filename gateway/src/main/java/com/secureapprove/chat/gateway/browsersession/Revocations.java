package com.secureapprove.chat.gateway.browsersession;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.platform.redis.Channels;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
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
/// announces each as `<digest> <seconds>` on the channel `chat:ended`. An issuer that keeps its own
/// session gives the same name to whoever signs in again by it: ` <seconds>` behind it then tells
/// from when on tokens of that name count again. Without Redis this gateway knows those that it has
/// heard of itself.
@Startup
@Singleton
public class Revocations {
  private static final Logger LOG = Logger.getLogger(Revocations.class);
  private static final String KEY = "chat:ended:";
  private static final String CHANNEL = "chat:ended";
  private static final Duration KEPT = Duration.ofHours(12);
  private static final Duration BELIEVED = Duration.ofSeconds(1);
  private static final int MOST = 100_000;

  private final ReactiveValueCommands<String, String> values;
  private final Channels channels;
  private final List<Consumer<Predicate<BrowserSession>>> listeners = new CopyOnWriteArrayList<>();
  private final Cache<String, Revocation> ended =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
  private final Cache<String, Boolean> alive =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(BELIEVED).build();
  private @Nullable Cancellable subscription;

  Revocations(ReactiveRedisDataSource redis, Channels channels) {
    values = redis.value(String.class);
    this.channels = channels;
  }

  @PostConstruct
  void listen() {
    subscription = channels.listen(message -> heard(message.getPayload()), CHANNEL);
  }

  @PreDestroy
  void stop() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private void heard(String announcement) {
    String[] parts = announcement.split(" ", 2);
    Optional<Revocation> ending = parts.length == 2 ? Revocation.of(parts[1]) : Optional.empty();
    if (ending.isPresent()) {
      ended(parts[0], ending.get());
    } else {
      LOG.warn("ended_sessions_unreadable");
    }
  }

  private void ended(String digest, Revocation ending) {
    ended.asMap().merge(digest, ending, Revocation::newer);
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
    Revocation known = ended.getIfPresent(digest);
    long now = Instant.now().getEpochSecond();
    return announce(
        digest, new Revocation(known == null ? now : Math.max(now, known.until() + 1), null));
  }

  /// Somebody has just signed in, perhaps by a session of which we were told that it is over.
  public void begins(BrowserSession session) {
    Revocation known = ended.getIfPresent(session.digest());
    if (known != null && !known.passesOver(session)) {
      announce(session.digest(), new Revocation(known.until(), session.issued().getEpochSecond()));
    }
  }

  private Future<Void> announce(String digest, Revocation ending) {
    ended(digest, ending);
    String text = ending.toString();
    return RedisCalls.of(
        () ->
            values
                .setex(KEY + digest, KEPT.toSeconds(), text)
                .chain(() -> channels.publish(CHANNEL, digest + " " + text)),
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
    return RedisCalls.of(
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
  private Uni<Optional<Revocation>> lookUp(String digest) {
    return values
        .get(KEY + digest)
        .map(text -> Optional.ofNullable(text).flatMap(Revocation::of))
        .invoke(found ->
            found.ifPresent(ending -> ended.asMap().merge(digest, ending, Revocation::newer)));
  }

  private boolean isKnownToHaveEnded(BrowserSession session) {
    Revocation ofSession = ended.getIfPresent(session.digest());
    Revocation ofAccount = ended.getIfPresent(session.accountDigest());
    return (ofSession != null && !ofSession.passesOver(session))
        || (ofAccount != null
            && !ofAccount.passesOver(session)
            && session.began().getEpochSecond() <= ofAccount.until());
  }
}
