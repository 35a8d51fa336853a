package com.secureapprove.chat.gateway.browsersession;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.keys.ReactiveKeyCommands;
import io.quarkus.redis.datasource.keys.RedisKeyNotFoundException;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Records how long the connections of a session may stay open. Every REST call of the session, at
/// any gateway, extends its record.
///
/// Redis key `chat:session:<digest>` is the record and expires with it. If Redis is unavailable or
/// has lost its data, the last expiry that this gateway knows applies.
@Singleton
public class SessionRecords {
  private static final Duration MAX_RECHECK_INTERVAL = Duration.ofMinutes(1);
  private static final int MAX_ENTRIES = 100_000;

  /// The remaining time in ms that stands for an unavailable Redis.
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final ReactiveValueCommands<String, String> values;
  private final ReactiveKeyCommands<String> keys;
  private final Revocations revocations;
  private final Duration lifetime;
  private final Duration recheckInterval;
  private final Clock clock = Clock.systemUTC();
  private final Cache<String, Boolean> recentlyExtended;
  private final Cache<String, Instant> expiries;

  SessionRecords(ReactiveRedisDataSource redis, Revocations revocations, SessionsConfig config) {
    this.values = redis.value(String.class);
    this.keys = redis.key(String.class);
    this.revocations = revocations;
    this.lifetime = config.lasts();
    Duration quarter = lifetime.dividedBy(4);
    this.recheckInterval =
        quarter.compareTo(MAX_RECHECK_INTERVAL) < 0 ? quarter : MAX_RECHECK_INTERVAL;
    this.recentlyExtended =
        Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(recheckInterval).build();
    this.expiries =
        Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(lifetime).build();
  }

  /// Extends the record of a session that made a REST call. Writes to Redis at most once per
  /// recheck interval.
  public void extend(BrowserSession session) {
    String digest = session.digest();
    if (recentlyExtended.asMap().putIfAbsent(digest, Boolean.TRUE) == null) {
      write(digest, lifetime);
    }
  }

  private void write(String digest, Duration remaining) {
    expiries.put(digest, clock.instant().plus(remaining));
    RedisCalls.withFallback(
        () -> values.psetex(RedisKeys.session(digest), Math.max(1, remaining.toMillis()), "1"),
        () -> null);
  }

  /// Until when a connection of the session may stay open before this must be asked again. A time
  /// in the past means that the connection must be closed.
  public Future<Instant> openUntil(BrowserSession session) {
    return revocations
        .isRevoked(session)
        .compose(revoked ->
            revoked ? Future.succeededFuture(Instant.EPOCH) : expiryOf(session.digest()));
  }

  private Future<Instant> expiryOf(String digest) {
    Instant now = clock.instant();
    Instant lastKnown = expiries.get(digest, _ -> now);
    return RedisCalls.withFallback(
            () ->
                keys.pttl(RedisKeys.session(digest))
                    .onFailure(RedisKeyNotFoundException.class)
                    .recoverWithItem(0L),
            () -> UNKNOWN)
        .map(remaining -> {
          Instant expiry = remaining > 0 ? now.plusMillis(remaining) : lastKnown;
          if (remaining > 0) {
            expiries.put(digest, expiry);
          } else if (remaining != UNKNOWN && lastKnown.isAfter(now)) {
            write(digest, Duration.between(now, lastKnown)); // Redis has lost the record
          }
          Instant recheck = now.plus(recheckInterval);
          return expiry.isBefore(recheck) ? expiry : recheck;
        });
  }
}
