package com.secureapprove.chat.gateway.browsersession;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.platform.redis.PubSub;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Revoked sessions: people signed out at a gateway, or their issuer ended the session.
///
/// Redis key `chat:ended:<digest>` marks a session as revoked for longer than a cookie lives. The
/// channel `chat:ended` announces each as `<digest> <epoch second>`. A revoked session is never
/// valid again: a new sign-in begins a new session, even if the issuer uses its own one again.
///
/// Without Redis a gateway applies the revocations that it has received itself.
@Startup
@Singleton
public class Revocations {
  private static final Logger LOG = Logger.getLogger(Revocations.class);
  private static final Pattern ANNOUNCEMENT = Pattern.compile("(?<digest>\\S{1,100}) [0-9 ]{1,30}");
  private static final Duration RETENTION = Duration.ofHours(24);
  private static final Duration RECHECK_INTERVAL = Duration.ofSeconds(1);
  private static final int MAX_ENTRIES = 100_000;

  private final ReactiveValueCommands<String, String> values;
  private final PubSub pubSub;
  private final SessionTokens tokens;
  private final List<Consumer<Predicate<BrowserSession>>> listeners = new CopyOnWriteArrayList<>();
  private final Cache<String, Boolean> known =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(RETENTION).build();

  /// Sessions that Redis did not list as revoked less than [#RECHECK_INTERVAL] ago.
  private final Cache<String, Boolean> recentlyChecked =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(RECHECK_INTERVAL).build();

  private @Nullable Cancellable subscription;

  Revocations(ReactiveRedisDataSource redis, PubSub pubSub, SessionTokens tokens) {
    values = redis.value(String.class);
    this.pubSub = pubSub;
    this.tokens = tokens;
  }

  @PostConstruct
  void listen() {
    subscription = pubSub.subscribe(message -> received(message.text()), RedisKeys.REVOCATIONS);
  }

  @PreDestroy
  void stop() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private void received(String announcement) {
    Matcher matcher = ANNOUNCEMENT.matcher(announcement);
    if (matcher.matches()) {
      apply(matcher.group("digest"));
    } else {
      LOG.warn("revocation_unreadable");
    }
  }

  private void apply(String digest) {
    known.put(digest, Boolean.TRUE);
    tokens.forget(digest);
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

  /// Revokes all sessions that an issuer ends under one name: its own session, or an account.
  ///
  /// @return fails with [SessionTokens.Unavailable], so that the issuer can repeat it
  public Future<Void> revokeNamed(String name) {
    return UniHelper.toFuture(tokens.named(name))
        .compose(digests -> Future.all(digests.stream().map(this::revoke).toList()).mapEmpty());
  }

  private Future<Void> revoke(String digest) {
    apply(digest);
    String now = Long.toString(Instant.now().getEpochSecond());
    return RedisCalls.withFallback(
        () ->
            values
                .setex(RedisKeys.revocation(digest), RETENTION.toSeconds(), now)
                .chain(() -> tokens.end(digest))
                .chain(() -> pubSub.publish(RedisKeys.REVOCATIONS, digest + " " + now)),
        () -> null);
  }

  /// Whether a session has been revoked. Asks Redis at most once per second and session.
  public Future<Boolean> isRevoked(BrowserSession session) {
    if (isKnownToBeRevoked(session)) {
      return Future.succeededFuture(true);
    }
    String digest = session.digest();
    if (recentlyChecked.getIfPresent(digest) != null) {
      return Future.succeededFuture(false);
    }
    return RedisCalls.withFallback(() -> values.get(RedisKeys.revocation(digest)), () -> null)
        .map(ended -> {
          if (ended != null) {
            known.put(digest, Boolean.TRUE);
          } else if (!isKnownToBeRevoked(session)) {
            recentlyChecked.put(digest, Boolean.TRUE);
          }
          return isKnownToBeRevoked(session);
        });
  }

  private boolean isKnownToBeRevoked(BrowserSession session) {
    return known.getIfPresent(session.digest()) != null;
  }
}
