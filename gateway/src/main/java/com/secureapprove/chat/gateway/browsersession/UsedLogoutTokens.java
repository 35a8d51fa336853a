package com.secureapprove.chat.gateway.browsersession;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.quarkus.redis.datasource.value.SetArgs;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Remembers the logout tokens that came, so that none works twice: in Redis under
/// `chat:logout:<digest>` for longer than a token may be old, and here where Redis is not there.
@Singleton
public class UsedLogoutTokens {
  private static final String KEY = "chat:logout:";
  private static final Duration KEPT = Duration.ofMinutes(15);
  private static final int MOST = 100_000;

  private final ReactiveValueCommands<String, String> values;
  private final Cache<String, Boolean> seen =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

  UsedLogoutTokens(ReactiveRedisDataSource redis) {
    values = redis.value(String.class);
  }

  /// Whether this is the first time that a token of this issuer and name came.
  public Future<Boolean> isNew(String issuer, String name) {
    String digest = BrowserSession.digest(issuer + " " + name);
    if (seen.asMap().putIfAbsent(digest, Boolean.TRUE) != null) {
      return Future.succeededFuture(false);
    }
    return RedisCalls.of(
        () -> values.setAndChanged(KEY + digest, "1", new SetArgs().nx().ex(KEPT)), () -> true);
  }
}
