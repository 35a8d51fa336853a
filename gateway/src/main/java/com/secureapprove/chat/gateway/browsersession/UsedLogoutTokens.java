package com.secureapprove.chat.gateway.browsersession;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.quarkus.redis.datasource.value.SetArgs;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Detects replayed logout tokens. Redis key `chat:logout:<digest>` marks a token as used for
/// longer than a token is accepted. Without Redis each gateway detects the replays that it receives
/// itself.
@Singleton
public class UsedLogoutTokens {
  private static final Duration RETENTION = Duration.ofMinutes(15);
  private static final int MAX_ENTRIES = 100_000;

  private final ReactiveValueCommands<String, String> values;
  private final Cache<String, Boolean> used =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(RETENTION).build();

  UsedLogoutTokens(ReactiveRedisDataSource redis) {
    values = redis.value(String.class);
  }

  /// Marks the token as used; false if it was used before.
  ///
  /// @param tokenId the token's `jti`, unique at its issuer
  public Future<Boolean> isNew(String issuer, String tokenId) {
    String digest = BrowserSession.digest(issuer + " " + tokenId);
    if (used.asMap().putIfAbsent(digest, Boolean.TRUE) != null) {
      return Future.succeededFuture(false);
    }
    return RedisCalls.withFallback(
        () ->
            values.setAndChanged(
                RedisKeys.usedLogoutToken(digest), "1", new SetArgs().nx().ex(RETENTION)),
        () -> true);
  }
}
