package com.secureapprove.chat.gateway.browsersession;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.keys.ReactiveKeyCommands;
import io.quarkus.redis.datasource.keys.RedisKeyNotFoundException;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// How long browsers' sockets may stay open: as long as their session's record, which every call of
/// the session over HTTP extends, at whichever gateway.
///
/// Redis holds a record under `chat:session:<digest>`, which expires by itself. Without Redis, and
/// where it has lost its data, what was known before counts.
@Singleton
public class SessionRecords {
  private static final String KEY = "chat:session:";
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final int MOST = 100_000;

  private final ReactiveValueCommands<String, String> values;
  private final ReactiveKeyCommands<String> keys;
  private final Revocations ended;
  private final Duration lasts;
  private final Duration look;
  private final Clock clock = Clock.systemUTC();
  private final Cache<String, Boolean> extendedLately;
  private final Cache<String, Instant> known;

  SessionRecords(ReactiveRedisDataSource redis, Revocations ended, SessionsConfig config) {
    this.values = redis.value(String.class);
    this.keys = redis.key(String.class);
    this.ended = ended;
    this.lasts = config.lasts();
    Duration quarter = lasts.dividedBy(4);
    this.look = quarter.compareTo(LOOK) < 0 ? quarter : LOOK;
    this.extendedLately = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(look).build();
    this.known = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(lasts).build();
  }

  /// A session has made a call.
  public void extend(BrowserSession session) {
    String digest = session.digest();
    if (extendedLately.asMap().putIfAbsent(digest, Boolean.TRUE) == null) {
      write(digest, lasts);
    }
  }

  private void write(String digest, Duration time) {
    known.put(digest, clock.instant().plus(time));
    RedisCalls.of(() -> values.psetex(KEY + digest, Math.max(1, time.toMillis()), "1"), () -> null);
  }

  /// Until when a socket of the session may stay open before this is asked again; a moment that has
  /// passed where it may not.
  public Future<Instant> openUntil(BrowserSession session) {
    return ended
        .hasEnded(session)
        .compose(over -> over ? Future.succeededFuture(Instant.EPOCH) : lasting(session.digest()));
  }

  private Future<Instant> lasting(String digest) {
    Instant now = clock.instant();
    Instant before = known.get(digest, _ -> now);
    return RedisCalls.of(
            () ->
                keys.pttl(KEY + digest)
                    .onFailure(RedisKeyNotFoundException.class)
                    .recoverWithItem(0L),
            () -> Long.MIN_VALUE)
        .map(left -> {
          Instant until = left > 0 ? now.plusMillis(left) : before;
          if (left > 0) {
            known.put(digest, until);
          } else if (left != Long.MIN_VALUE && before.isAfter(now)) {
            write(digest, Duration.between(now, before)); // Redis has lost it
          }
          Instant nextLook = now.plus(look);
          return until.isBefore(nextLook) ? until : nextLook;
        });
  }
}
