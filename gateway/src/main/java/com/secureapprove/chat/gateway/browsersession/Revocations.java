package com.secureapprove.chat.gateway.browsersession;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.platform.redis.Channels;
import com.secureapprove.chat.platform.redis.RedisKeys;
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

/// Revoked sessions: people signed out at a gateway, or their issuer ended the session.
///
/// Redis key `chat:ended:<digest>` holds the [Revocation] of a session id or an account, as text,
/// for longer than a cookie lives. The channel `chat:ended` announces each as `<digest> <text>`. An
/// issuer that keeps its own session gives a new login the same session id; the revocation then
/// also has the time from which tokens are valid again.
///
/// Without Redis a gateway applies the revocations that it has received itself.
@Startup
@Singleton
public class Revocations {
  private static final Logger LOG = Logger.getLogger(Revocations.class);
  private static final Duration RETENTION = Duration.ofHours(12);
  private static final Duration RECHECK_INTERVAL = Duration.ofSeconds(1);
  private static final int MAX_ENTRIES = 100_000;

  private final ReactiveValueCommands<String, String> values;
  private final Channels channels;
  private final List<Consumer<Predicate<BrowserSession>>> listeners = new CopyOnWriteArrayList<>();
  private final Cache<String, Revocation> known =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(RETENTION).build();

  /// Sessions that Redis did not list as revoked less than [#RECHECK_INTERVAL] ago.
  private final Cache<String, Boolean> recentlyChecked =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(RECHECK_INTERVAL).build();

  private @Nullable Cancellable subscription;

  Revocations(ReactiveRedisDataSource redis, Channels channels) {
    values = redis.value(String.class);
    this.channels = channels;
  }

  @PostConstruct
  void listen() {
    subscription =
        channels.listen(message -> received(message.getPayload()), RedisKeys.REVOCATIONS);
  }

  @PreDestroy
  void stop() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private void received(String announcement) {
    String[] parts = announcement.split(" ", 2);
    Optional<Revocation> revocation =
        parts.length == 2 ? Revocation.parse(parts[1]) : Optional.empty();
    if (revocation.isPresent()) {
      apply(parts[0], revocation.get());
    } else {
      LOG.warn("revocation_unreadable");
    }
  }

  private void apply(String digest, Revocation revocation) {
    known.asMap().merge(digest, revocation, Revocation::merge);
    listeners.forEach(listener -> listener.accept(this::isKnownToBeRevoked));
  }

  /// Registers a listener, which gets a predicate for revoked sessions at each revocation. The
  /// listener can be called on any thread.
  public void onRevocation(Consumer<Predicate<BrowserSession>> listener) {
    listeners.add(listener);
  }

  /// Revokes a session at all gateways. Never fails: without Redis it is revoked at this one.
  public Future<Void> revoke(BrowserSession session) {
    return revoke(session.digest());
  }

  /// Revokes the session with this id at all gateways.
  public Future<Void> revokeSession(String id) {
    return revoke(BrowserSession.digest(id));
  }

  /// Revokes all sessions of an account that have begun until now, at all gateways.
  public Future<Void> revokeAccount(String account) {
    return revoke(BrowserSession.digest(account));
  }

  private Future<Void> revoke(String digest) {
    Revocation former = known.getIfPresent(digest);
    long now = Instant.now().getEpochSecond();
    return announce(
        digest, new Revocation(former == null ? now : Math.max(now, former.until() + 1), null));
  }

  /// Makes a session valid again that just signed in, if its id was revoked before.
  public void reinstate(BrowserSession session) {
    Revocation former = known.getIfPresent(session.digest());
    if (former != null && !former.isReinstated(session)) {
      announce(session.digest(), new Revocation(former.until(), session.issued().getEpochSecond()));
    }
  }

  private Future<Void> announce(String digest, Revocation revocation) {
    apply(digest, revocation);
    String text = revocation.toString();
    return RedisCalls.withFallback(
        () ->
            values
                .setex(RedisKeys.revocation(digest), RETENTION.toSeconds(), text)
                .chain(() -> channels.publish(RedisKeys.REVOCATIONS, digest + " " + text)),
        () -> null);
  }

  /// Whether a session has been revoked. Asks Redis at most once per second and session.
  public Future<Boolean> isRevoked(BrowserSession session) {
    if (isKnownToBeRevoked(session)) {
      return Future.succeededFuture(true);
    }
    if (recentlyChecked.getIfPresent(session.digest()) != null) {
      return Future.succeededFuture(false);
    }
    return RedisCalls.withFallback(
            () ->
                Uni.join()
                    .all(lookUp(session.digest()), lookUp(session.accountDigest()))
                    .andFailFast(),
            List::of)
        .map(_ -> {
          boolean revoked = isKnownToBeRevoked(session);
          if (!revoked) {
            recentlyChecked.put(session.digest(), Boolean.TRUE);
          }
          return revoked;
        });
  }

  private Uni<Optional<Revocation>> lookUp(String digest) {
    return values
        .get(RedisKeys.revocation(digest))
        .map(text -> Optional.ofNullable(text).flatMap(Revocation::parse))
        .invoke(found ->
            found.ifPresent(
                revocation -> known.asMap().merge(digest, revocation, Revocation::merge)));
  }

  private boolean isKnownToBeRevoked(BrowserSession session) {
    Revocation ofSession = known.getIfPresent(session.digest());
    Revocation ofAccount = known.getIfPresent(session.accountDigest());
    return (ofSession != null && !ofSession.isReinstated(session))
        || (ofAccount != null
            && !ofAccount.isReinstated(session)
            && session.began().getEpochSecond() <= ofAccount.until());
  }
}
